<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BranchTasks</name>
    <message numerus="yes">
        <source>#{new} makes nearly the same picture in {n} steps, instead of {m}.</source>
        <translation>
            <numerusform>#{new} makes nearly the same picture in {n} step, instead of {m}.</numerusform>
            <numerusform>#{new} makes nearly the same picture in {n} steps, instead of {m}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing better than #{id} was found near it, in {n} tries.</source>
        <translation>
            <numerusform>Nothing better than #{id} was found near it, in {n} try.</numerusform>
            <numerusform>Nothing better than #{id} was found near it, in {n} tries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} new branches stand for #{id} and what grew from it.</source>
        <translation>
            <numerusform>One new branch stands for #{id} and what grew from it.</numerusform>
            <numerusform>{n} new branches stand for #{id} and what grew from it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} steps no longer apply and were left out:</source>
        <translation>
            <numerusform>One step no longer applies and was left out:</numerusform>
            <numerusform>{n} steps no longer apply and were left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message numerus="yes">
        <source>{n} branches are open again, those in stacks with them.</source>
        <translation>
            <numerusform>{n} branch is open again, with those in its stack.</numerusform>
            <numerusform>{n} branches are open again, those in stacks with them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} branches are killed, those in stacks with them.</source>
        <translation>
            <numerusform>{n} branch is killed, with those in its stack.</numerusform>
            <numerusform>{n} branches are killed, those in stacks with them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message numerus="yes">
        <source>{n} choices made</source>
        <translation>
            <numerusform>{n} choice made</numerusform>
            <numerusform>{n} choices made</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Curve</name>
    <message numerus="yes">
        <source>Best value {value:.3f} after {n} candidates</source>
        <translation>
            <numerusform>Best value {value:.3f} after {n} candidate</numerusform>
            <numerusform>Best value {value:.3f} after {n} candidates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message numerus="yes">
        <source>It holds {n} branches. Discarding deletes them.</source>
        <translation>
            <numerusform>It holds {n} branch. Discarding deletes it.</numerusform>
            <numerusform>It holds {n} branches. Discarding deletes them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message numerus="yes">
        <source>{n} files were left out:</source>
        <translation>
            <numerusform>One file was left out:</numerusform>
            <numerusform>{n} files were left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDesk</name>
    <message numerus="yes">
        <source>Exported {n} versions to {folder}</source>
        <translation>
            <numerusform>Exported 1 version to {folder}</numerusform>
            <numerusform>Exported {n} versions to {folder}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>Export {n} versions, each with {kept}</source>
        <translation>
            <numerusform>Export 1 version with {kept}</numerusform>
            <numerusform>Export {n} versions, each with {kept}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Growth</name>
    <message numerus="yes">
        <source>Foretold right: {now:.0f} %, {n} answers ago {then:.0f} %</source>
        <translation>
            <numerusform>Foretold right: {now:.0f} %, {n} answer ago {then:.0f} %</numerusform>
            <numerusform>Foretold right: {now:.0f} %, {n} answers ago {then:.0f} %</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayersModel</name>
    <message numerus="yes">
        <source>{n} filters</source>
        <translation>
            <numerusform>{n} filter</numerusform>
            <numerusform>{n} filters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} masks</source>
        <translation>
            <numerusform>{n} mask</numerusform>
            <numerusform>{n} masks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pays</name>
    <message numerus="yes">
        <source>{name} {mean:.2f}, {low:.2f} to {high:.2f}, tried {n} times</source>
        <translation>
            <numerusform>{name} {mean:.2f}, {low:.2f} to {high:.2f}, tried once</numerusform>
            <numerusform>{name} {mean:.2f}, {low:.2f} to {high:.2f}, tried {n} times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReachChoice</name>
    <message numerus="yes">
        <source>#{id} and the {n} branches that grew from it</source>
        <translation>
            <numerusform>#{id} and the branch that grew from it</numerusform>
            <numerusform>#{id} and the {n} branches that grew from it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Replacing</name>
    <message numerus="yes">
        <source>{n} pinned branches are made of {old}.</source>
        <translation>
            <numerusform>One pinned branch is made of {old}.</numerusform>
            <numerusform>{n} pinned branches are made of {old}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} pinned branches are there once more, with the new image.</source>
        <translation>
            <numerusform>One pinned branch is there once more, with the new image.</numerusform>
            <numerusform>{n} pinned branches are there once more, with the new image.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sourcing</name>
    <message numerus="yes">
        <source>{n} sources stay:</source>
        <translation>
            <numerusform>One source stays:</numerusform>
            <numerusform>{n} sources stay:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lost images are back.</source>
        <translation>
            <numerusform>One lost image is back.</numerusform>
            <numerusform>{n} lost images are back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} are still lost.</source>
        <translation>
            <numerusform>One is still lost.</numerusform>
            <numerusform>{n} are still lost.</numerusform>
        </translation>
    </message>
</context>
</TS>
