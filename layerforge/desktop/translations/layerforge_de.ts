<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Add &amp;images…</source>
        <translation>&amp;Bilder hinzufügen …</translation>
    </message>
    <message>
        <source>Add images to make collages from</source>
        <translation>Bilder hinzufügen, aus denen Collagen werden</translation>
    </message>
    <message>
        <source>Add a &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add all images of a folder</source>
        <translation>Alle Bilder eines Ordners hinzufügen</translation>
    </message>
    <message>
        <source>Try the &amp;samples</source>
        <translation>&amp;Beispiele ausprobieren</translation>
    </message>
    <message>
        <source>Add the sample images that come with LayerForge</source>
        <translation>Die Beispielbilder hinzufügen, die mit LayerForge kommen</translation>
    </message>
    <message>
        <source>&amp;New project</source>
        <translation>&amp;Neues Projekt</translation>
    </message>
    <message>
        <source>Begin a new project</source>
        <translation>Ein neues Projekt beginnen</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>Projekt ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Open a project file</source>
        <translation>Eine Projektdatei öffnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Give the project a name; from then on it is always saved</source>
        <translation>Dem Projekt einen Namen geben; von da an ist es immer gespeichert</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Write a copy to another file and go on in it</source>
        <translation>In eine andere Datei kopieren und dort weiterarbeiten</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Write branches as pictures with their history</source>
        <translation>Zweige als Bilder mit ihrer Entstehung schreiben</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>Close LayerForge</source>
        <translation>LayerForge schließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take the last decision back</source>
        <translation>Die letzte Entscheidung zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore the decision taken back last</source>
        <translation>Die zuletzt zurückgenommene Entscheidung wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Put the picture and its recipe on the clipboard</source>
        <translation>Bild und Rezept in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>Choose all branches that are shown</source>
        <translation>Alle gezeigten Zweige auswählen</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>&amp;Anheften</translation>
    </message>
    <message>
        <source>Keep the chosen branches in view and grow them</source>
        <translation>Die gewählten Zweige im Blick behalten und weiterwachsen lassen</translation>
    </message>
    <message>
        <source>&amp;Kill</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>Grow nothing from the chosen branches any more</source>
        <translation>Aus den gewählten Zweigen nichts mehr wachsen lassen</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Neither pinned nor killed: take the decision away</source>
        <translation>Weder angeheftet noch verworfen: die Entscheidung aufheben</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>&amp;Erkunden</translation>
    </message>
    <message>
        <source>Explore, pause, or go on</source>
        <translation>Erkunden, anhalten oder fortfahren</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Stop exploring; what finished rounds found is kept</source>
        <translation>Das Erkunden beenden; was fertige Runden fanden, bleibt</translation>
    </message>
    <message>
        <source>&amp;Large picture</source>
        <translation>&amp;Großes Bild</translation>
    </message>
    <message>
        <source>Show only the picture; arrow keys leaf through</source>
        <translation>Nur das Bild zeigen; die Pfeiltasten blättern</translation>
    </message>
    <message>
        <source>&amp;Hide killed</source>
        <translation>Verworfene aus&amp;blenden</translation>
    </message>
    <message>
        <source>Leave killed branches out</source>
        <translation>Verworfene Zweige weglassen</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>Den ganzen Bildschirm nutzen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>All keys at a glance</source>
        <translation>Alle Tasten auf einen Blick</translation>
    </message>
    <message>
        <source>&amp;About LayerForge</source>
        <translation>&amp;Über LayerForge</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version und Lizenz</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Sources</source>
        <translation>&amp;Quellen</translation>
    </message>
    <message>
        <source>E&amp;xplore</source>
        <translation>&amp;Erkunden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>Advanced</name>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Swarm (several groups)</source>
        <translation>Schwarm (mehrere Gruppen)</translation>
    </message>
    <message>
        <source>Tree search</source>
        <translation>Baumsuche</translation>
    </message>
    <message>
        <source>Best of each kind</source>
        <translation>Beste jeder Art</translation>
    </message>
    <message>
        <source>Most unlike the rest</source>
        <translation>Am wenigsten ähnlich</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Gemischt</translation>
    </message>
    <message>
        <source>Random (no search)</source>
        <translation>Zufall (keine Suche)</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>How the next branches to grow are picked</source>
        <translation>Wie die Zweige gewählt werden, die als nächste wachsen</translation>
    </message>
    <message>
        <source>Novelty</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <source>How much being unlike the others counts</source>
        <translation>Wie viel es zählt, anders als die anderen zu sein</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>Operationen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where CLIP runs; measures run on the processor</source>
        <translation>Wo CLIP rechnet; Bildmaße rechnet der Prozessor</translation>
    </message>
    <message>
        <source>One a core</source>
        <translation>Einer je Kern</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>How many threads render; they never change what is found</source>
        <translation>Wie viele Threads rendern; was gefunden wird, ändern sie nie</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Strategy, scorer, operations and device</source>
        <translation>Strategie, Bewertung, Operationen und Gerät</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Something went wrong inside LayerForge: {what}. Your work is kept.</source>
        <translation>In LayerForge ist etwas schiefgegangen: {what}. Ihre Arbeit ist erhalten.</translation>
    </message>
</context>
<context>
    <name>AtlasView</name>
    <message>
        <source>Atlas of branches</source>
        <translation>Atlas der Zweige</translation>
    </message>
    <message>
        <source>Nothing of this kind yet: {where}</source>
        <translation>Noch nichts von dieser Art: {where}</translation>
    </message>
    <message>
        <source>{branch}
colourfulness {x:.2f}, complexity {y:.2f}
{more}</source>
        <translation>{branch}
Farbigkeit {x:.2f}, Komplexität {y:.2f}
{more}</translation>
    </message>
    <message>
        <source>the best of {n} in this cell</source>
        <translation>der beste von {n} in diesem Feld</translation>
    </message>
    <message>
        <source>the only one in this cell</source>
        <translation>der einzige in diesem Feld</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>colourful</source>
        <translation>farbig</translation>
    </message>
    <message>
        <source>colourfulness</source>
        <translation>Farbigkeit</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>bewegt</translation>
    </message>
    <message>
        <source>complexity</source>
        <translation>Komplexität</translation>
    </message>
    <message>
        <source>{n} of {m} kinds found</source>
        <translation>{n} von {m} Arten gefunden</translation>
    </message>
    <message>
        <source>{x:.0f} % colourful, {y:.0f} % busy</source>
        <translation>{x:.0f} % farbig, {y:.0f} % bewegt</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>and {n} more</source>
        <translation>und {n} weitere</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Show the next message</source>
        <translation>Die nächste Meldung zeigen</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} weitere</translation>
    </message>
</context>
<context>
    <name>BranchTasks</name>
    <message>
        <source>Weighing the steps of #{id}…</source>
        <translation>Die Schritte von #{id} werden abgewogen …</translation>
    </message>
    <message>
        <source>Simplifying #{id}…</source>
        <translation>#{id} wird gekürzt …</translation>
    </message>
    <message>
        <source>Polishing #{id}…</source>
        <translation>An #{id} wird gefeilt …</translation>
    </message>
    <message>
        <source>Growing all that grew from #{id} anew…</source>
        <translation>Alles, was aus #{id} wuchs, wächst neu …</translation>
    </message>
    <message>
        <source>Every step of #{id} contributes something.</source>
        <translation>Jeder Schritt von #{id} trägt etwas bei.</translation>
    </message>
    <message numerus="yes">
        <source>#{new} makes nearly the same picture in {n} steps, instead of {m}.</source>
        <translation>
            <numerusform>#{new} ergibt fast dasselbe Bild in {n} Schritt statt in {m}.</numerusform>
            <numerusform>#{new} ergibt fast dasselbe Bild in {n} Schritten statt in {m}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing better than #{id} was found near it, in {n} tries.</source>
        <translation>
            <numerusform>In der Nähe von #{id} fand sich in {n} Versuch nichts Besseres.</numerusform>
            <numerusform>In der Nähe von #{id} fand sich in {n} Versuchen nichts Besseres.</numerusform>
        </translation>
    </message>
    <message>
        <source>#{new} is worth {after:.3f}; #{id} is worth {before:.3f}.</source>
        <translation>#{new} ist {after:.3f} wert; #{id} ist {before:.3f} wert.</translation>
    </message>
    <message numerus="yes">
        <source>{n} new branches stand for #{id} and what grew from it.</source>
        <translation>
            <numerusform>{n} neuer Zweig steht für #{id} und was daraus wuchs.</numerusform>
            <numerusform>{n} neue Zweige stehen für #{id} und was daraus wuchs.</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing is left of {gone}</source>
        <translation>von {gone} bleibt nichts</translation>
    </message>
    <message numerus="yes">
        <source>{n} steps no longer apply and were left out:</source>
        <translation>
            <numerusform>{n} Schritt passt nicht mehr und wurde weggelassen:</numerusform>
            <numerusform>{n} Schritte passen nicht mehr und wurden weggelassen:</numerusform>
        </translation>
    </message>
    <message>
        <source>step {n} of #{id} ({operation}): {why}</source>
        <translation>Schritt {n} von #{id} ({operation}): {why}</translation>
    </message>
</context>
<context>
    <name>Caption</name>
    <message>
        <source>beats: how many of the usual random compositions are worth less. fragility: by how much the value fell when the picture was mirrored, trimmed, compressed and blurred; it is fragile from 0.20 on. outside: how far it lies from all mixes of the sources, as the scorer sees it</source>
        <translation>schlägt: wie viele der üblichen Zufallskompositionen weniger wert sind. Empfindlichkeit: um wie viel der Wert fiel, als das Bild gespiegelt, beschnitten, komprimiert und weichgezeichnet wurde; ab 0.20 gilt es als empfindlich. außerhalb: wie weit es von allen Mischungen der Quellen entfernt ist, so wie die Bewertung sie sieht</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>depth {n}</source>
        <translation>Tiefe {n}</translation>
    </message>
    <message>
        <source>from #{n}</source>
        <translation>aus #{n}</translation>
    </message>
    <message>
        <source>round {n}</source>
        <translation>Runde {n}</translation>
    </message>
    <message>
        <source>beats {n:.0f} %</source>
        <translation>schlägt {n:.0f} %</translation>
    </message>
    <message>
        <source>fragility {n:.2f}</source>
        <translation>Empfindlichkeit {n:.2f}</translation>
    </message>
    <message>
        <source>{n:.2f} outside</source>
        <translation>{n:.2f} außerhalb</translation>
    </message>
</context>
<context>
    <name>Carrier</name>
    <message>
        <source>Copying #{id}…</source>
        <translation>#{id} wird kopiert …</translation>
    </message>
    <message>
        <source>#{id} is on the clipboard: the picture, and its recipe as text.</source>
        <translation>#{id} ist in der Zwischenablage: das Bild, und sein Rezept als Text.</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>cover</source>
        <translation>ausfüllen</translation>
    </message>
    <message>
        <source>contain</source>
        <translation>einpassen</translation>
    </message>
    <message>
        <source>horizontal</source>
        <translation>waagerecht</translation>
    </message>
    <message>
        <source>vertical</source>
        <translation>senkrecht</translation>
    </message>
    <message>
        <source>top</source>
        <translation>ganz oben</translation>
    </message>
    <message>
        <source>under</source>
        <translation>unter der obersten</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>ganz unten</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>multiply</source>
        <translation>Multiplizieren</translation>
    </message>
    <message>
        <source>screen</source>
        <translation>Negativ multiplizieren</translation>
    </message>
    <message>
        <source>overlay</source>
        <translation>Überlagern</translation>
    </message>
    <message>
        <source>soft-light</source>
        <translation>Weiches Licht</translation>
    </message>
    <message>
        <source>brighten</source>
        <translation>aufhellen</translation>
    </message>
    <message>
        <source>darken</source>
        <translation>Abdunkeln</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>saturate</source>
        <translation>sättigen</translation>
    </message>
    <message>
        <source>mute</source>
        <translation>entsättigen</translation>
    </message>
    <message>
        <source>warm</source>
        <translation>wärmer</translation>
    </message>
    <message>
        <source>cool</source>
        <translation>kühler</translation>
    </message>
    <message>
        <source>soften</source>
        <translation>weichzeichnen</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>Negativ</translation>
    </message>
    <message>
        <source>shift hues</source>
        <translation>Farbtöne verschieben</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>aufrecht</translation>
    </message>
    <message>
        <source>outwards</source>
        <translation>nach außen</translation>
    </message>
    <message>
        <source>sunflower</source>
        <translation>Sonnenblume</translation>
    </message>
    <message>
        <source>arm</source>
        <translation>Spiralarm</translation>
    </message>
    <message>
        <source>lighter</source>
        <translation>hellere</translation>
    </message>
    <message>
        <source>darker</source>
        <translation>dunklere</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>alternate</source>
        <translation>abwechselnd</translation>
    </message>
    <message>
        <source>wave</source>
        <translation>Welle</translation>
    </message>
    <message>
        <source>further</source>
        <translation>immer weiter</translation>
    </message>
    <message>
        <source>lighten</source>
        <translation>Aufhellen</translation>
    </message>
    <message>
        <source>color-dodge</source>
        <translation>Farbig abwedeln</translation>
    </message>
    <message>
        <source>color-burn</source>
        <translation>Farbig nachbelichten</translation>
    </message>
    <message>
        <source>hard-light</source>
        <translation>Hartes Licht</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>exclusion</source>
        <translation>Ausschluss</translation>
    </message>
    <message>
        <source>hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>color</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>luminosity</source>
        <translation>Luminanz</translation>
    </message>
    <message>
        <source>shallow</source>
        <translation>flach</translation>
    </message>
    <message>
        <source>deep</source>
        <translation>tief</translation>
    </message>
    <message>
        <source>ellipse</source>
        <translation>Ellipse</translation>
    </message>
    <message>
        <source>circle</source>
        <translation>Kreis</translation>
    </message>
    <message>
        <source>rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>polygon</source>
        <translation>Vieleck</translation>
    </message>
    <message>
        <source>star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>3:2</source>
        <translation>3:2</translation>
    </message>
    <message>
        <source>2:3</source>
        <translation>2:3</translation>
    </message>
    <message>
        <source>16:9</source>
        <translation>16:9</translation>
    </message>
    <message>
        <source>4:1</source>
        <translation>4:1</translation>
    </message>
    <message>
        <source>1:4</source>
        <translation>1:4</translation>
    </message>
    <message>
        <source>bright</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>near</source>
        <translation>nah</translation>
    </message>
    <message>
        <source>far</source>
        <translation>fern</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>innen</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>außen</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>Motiv</translation>
    </message>
    <message>
        <source>surroundings</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>rgb</source>
        <translation>Rot, Grün, Blau</translation>
    </message>
    <message>
        <source>rbg</source>
        <translation>Rot, Blau, Grün</translation>
    </message>
    <message>
        <source>grb</source>
        <translation>Grün, Rot, Blau</translation>
    </message>
    <message>
        <source>gbr</source>
        <translation>Grün, Blau, Rot</translation>
    </message>
    <message>
        <source>brg</source>
        <translation>Blau, Rot, Grün</translation>
    </message>
    <message>
        <source>bgr</source>
        <translation>Blau, Grün, Rot</translation>
    </message>
    <message>
        <source>ink</source>
        <translation>Druckfarbe</translation>
    </message>
    <message>
        <source>straight</source>
        <translation>gerade</translation>
    </message>
    <message>
        <source>bent</source>
        <translation>gebogen</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>aufsteigend</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>absteigend</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>down</source>
        <translation>abwärts</translation>
    </message>
    <message>
        <source>up</source>
        <translation>aufwärts</translation>
    </message>
    <message>
        <source>own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>All {n} of the stack are open again.</source>
        <translation>Alle {n} des Stapels sind wieder offen.</translation>
    </message>
    <message>
        <source>All {n} of the stack are killed: Ctrl+Z takes that back.</source>
        <translation>Alle {n} des Stapels sind verworfen: Strg+Z nimmt das zurück.</translation>
    </message>
    <message numerus="yes">
        <source>{n} branches are open again, those in stacks with them.</source>
        <translation>
            <numerusform>{n} Zweig ist wieder offen, auch in Stapeln.</numerusform>
            <numerusform>{n} Zweige sind wieder offen, die in Stapeln mit ihnen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} branches are killed, those in stacks with them.</source>
        <translation>
            <numerusform>{n} Zweig ist verworfen, auch in Stapeln.</numerusform>
            <numerusform>{n} Zweige sind verworfen, die in Stapeln mit ihnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your taste is not known yet: pin, kill, or answer a few questions (Q).</source>
        <translation>Ihr Geschmack ist noch nicht bekannt: anheften, verwerfen oder einige Fragen beantworten (Q).</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Compare two to four chosen branches; a single one with its parent</source>
        <translation>Zwei bis vier gewählte Zweige vergleichen; einen einzelnen mit seinem Elternzweig</translation>
    </message>
    <message>
        <source>&amp;Ask me</source>
        <translation>&amp;Frag mich</translation>
    </message>
    <message>
        <source>Answer quick questions, so that your taste is learned</source>
        <translation>Kurze Fragen beantworten, damit Ihr Geschmack gelernt wird</translation>
    </message>
    <message>
        <source>&amp;Side by side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>All versions beside each other</source>
        <translation>Alle Versionen nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Flip in place</source>
        <translation>&amp;Umblättern</translation>
    </message>
    <message>
        <source>One at a time; Space shows the next</source>
        <translation>Eine nach der anderen am selben Platz; die Leertaste zeigt die nächste</translation>
    </message>
    <message>
        <source>&amp;Wipe</source>
        <translation>&amp;Wischen</translation>
    </message>
    <message>
        <source>Two versions, with an edge that is drawn across</source>
        <translation>Zwei Versionen mit einer Kante, die sich verschieben lässt</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <source>What differs is bright</source>
        <translation>Was sich unterscheidet, ist hell</translation>
    </message>
    <message>
        <source>&amp;This one is better</source>
        <translation>&amp;Diese ist besser</translation>
    </message>
    <message>
        <source>Note that the framed version is better than the others</source>
        <translation>Festhalten, dass die gerahmte Version besser ist als die anderen</translation>
    </message>
    <message>
        <source>Choose two to four branches to compare: Ctrl and a click adds one.</source>
        <translation>Zwei bis vier Zweige zum Vergleichen wählen: Strg und ein Klick nimmt einen dazu.</translation>
    </message>
    <message>
        <source>Noted: #{winner} is better than {losers}.</source>
        <translation>Gemerkt: #{winner} ist besser als {losers}.</translation>
    </message>
    <message numerus="yes">
        <source>{n} choices made</source>
        <translation>
            <numerusform>{n} Wahl getroffen</numerusform>
            <numerusform>{n} Wahlen getroffen</numerusform>
        </translation>
    </message>
    <message>
        <source>{share:.0f} % of what you decided is foretold (50 is chance)</source>
        <translation>{share:.0f} % Ihrer Entscheidungen werden vorhergesagt (50 wäre Zufall)</translation>
    </message>
    <message>
        <source>your taste counts for {share:.0f} % of the panel</source>
        <translation>Ihr Geschmack zählt für {share:.0f} % der Jury</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>This one is better</source>
        <translation>Diese ist besser</translation>
    </message>
    <message>
        <source>Note that the framed version is better than the others (Enter)</source>
        <translation>Festhalten, dass die gerahmte Version besser ist als die anderen (Eingabe)</translation>
    </message>
    <message>
        <source>←  Left is better</source>
        <translation>←  Die linke ist besser</translation>
    </message>
    <message>
        <source>The left one is better (Left)</source>
        <translation>Die linke ist besser (Links)</translation>
    </message>
    <message>
        <source>Can&apos;t say</source>
        <translation>Unentschieden</translation>
    </message>
    <message>
        <source>Ask about two others (Down)</source>
        <translation>Nach zwei anderen fragen (Abwärts)</translation>
    </message>
    <message>
        <source>Right is better  →</source>
        <translation>Die rechte ist besser  →</translation>
    </message>
    <message>
        <source>The right one is better (Right)</source>
        <translation>Die rechte ist besser (Rechts)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Back to the gallery (Esc)</source>
        <translation>Zurück zur Galerie (Esc)</translation>
    </message>
    <message>
        <source>Which one do you like better?</source>
        <translation>Welche gefällt Ihnen besser?</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Where the two versions meet</source>
        <translation>Wo die beiden Versionen aneinandergrenzen</translation>
    </message>
</context>
<context>
    <name>CreditDelegate</name>
    <message>
        <source>step {n} needs it</source>
        <translation>Schritt {n} braucht ihn</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>novelty</source>
        <translation>Neuheit</translation>
    </message>
</context>
<context>
    <name>Curve</name>
    <message>
        <source>candidates tried</source>
        <translation>versuchte Kandidaten</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>The line is the best value so far; each dot is a kept branch</source>
        <translation>Die Linie ist der bisher beste Wert; jeder Punkt ist ein behaltener Zweig</translation>
    </message>
    <message numerus="yes">
        <source>Best value {value:.3f} after {n} candidates</source>
        <translation>
            <numerusform>Bester Wert {value:.3f} nach {n} Kandidat</numerusform>
            <numerusform>Bester Wert {value:.3f} nach {n} Kandidaten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Add images</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Replace {name} by</source>
        <translation>{name} ersetzen durch</translation>
    </message>
    <message>
        <source>Add a folder of images</source>
        <translation>Einen Ordner mit Bildern hinzufügen</translation>
    </message>
    <message>
        <source>Look for lost images in</source>
        <translation>Nach verlorenen Bildern suchen in</translation>
    </message>
    <message>
        <source>Save a copy of the image as</source>
        <translation>Kopie des Bildes speichern unter</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>Projekt speichern unter</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>There is a preset called “{name}”. Replace it?</source>
        <translation>Es gibt schon eine Vorlage „{name}“. Soll sie ersetzt werden?</translation>
    </message>
    <message>
        <source>Replace the preset?</source>
        <translation>Vorlage ersetzen?</translation>
    </message>
    <message>
        <source>Save the project?</source>
        <translation>Projekt speichern?</translation>
    </message>
    <message>
        <source>This project has no name yet.</source>
        <translation>Dieses Projekt hat noch keinen Namen.</translation>
    </message>
    <message numerus="yes">
        <source>It holds {n} branches. Discarding deletes them.</source>
        <translation>
            <numerusform>Es enthält {n} Zweig. Ohne Speichern wird er gelöscht.</numerusform>
            <numerusform>Es enthält {n} Zweige. Ohne Speichern werden sie gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Nicht speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Everything is saved already, as always.</source>
        <translation>Alles ist schon gespeichert, wie immer.</translation>
    </message>
    <message>
        <source>Only files on this computer can be added:</source>
        <translation>Nur Dateien auf diesem Computer lassen sich hinzufügen:</translation>
    </message>
    <message>
        <source>{name} was exported from LayerForge, and holds its recipe.</source>
        <translation>{name} wurde aus LayerForge exportiert und enthält das Rezept.</translation>
    </message>
    <message>
        <source>Open it as a project</source>
        <translation>Als Projekt öffnen</translation>
    </message>
    <message>
        <source>Add it as an image</source>
        <translation>Als Bild hinzufügen</translation>
    </message>
    <message>
        <source>Not all is taken as it is in the files:</source>
        <translation>Nicht alles wird so übernommen, wie es in den Dateien steht:</translation>
    </message>
    <message numerus="yes">
        <source>{n} files were left out:</source>
        <translation>
            <numerusform>{n} Datei wurde weggelassen:</numerusform>
            <numerusform>{n} Dateien wurden weggelassen:</numerusform>
        </translation>
    </message>
    <message>
        <source>These images are here already.</source>
        <translation>Diese Bilder sind schon da.</translation>
    </message>
    <message>
        <source>The next run will take the new images in.</source>
        <translation>Der nächste Lauf nimmt die neuen Bilder dazu.</translation>
    </message>
    <message>
        <source>A project that was never named is still here, from {when}.</source>
        <translation>Ein Projekt, das nie einen Namen bekam, ist noch da, vom {when}.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to add images, or to open a project</source>
        <translation>Loslassen, um Bilder hinzuzufügen oder ein Projekt zu öffnen</translation>
    </message>
</context>
<context>
    <name>EditActions</name>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move the chosen step or layer up</source>
        <translation>Den gewählten Schritt oder die gewählte Ebene nach oben schieben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Move the chosen step or layer down</source>
        <translation>Den gewählten Schritt oder die gewählte Ebene nach unten schieben</translation>
    </message>
    <message>
        <source>&amp;Switch off or on</source>
        <translation>Aus- oder ein&amp;schalten</translation>
    </message>
    <message>
        <source>Leave the chosen step out, or hide the layer; and back again</source>
        <translation>Den gewählten Schritt weglassen oder die Ebene ausblenden; und wieder zurück</translation>
    </message>
    <message>
        <source>&amp;Roll anew</source>
        <translation>Neu &amp;würfeln</translation>
    </message>
    <message>
        <source>Draw all parameters of the chosen step anew</source>
        <translation>Alle Parameter des gewählten Schritts neu ziehen</translation>
    </message>
    <message>
        <source>&amp;Keep at once</source>
        <translation>&amp;Jetzt behalten</translation>
    </message>
    <message>
        <source>Judge the change and keep it as a branch now</source>
        <translation>Die Änderung sofort bewerten und als Zweig behalten</translation>
    </message>
    <message>
        <source>Wei&amp;gh the steps</source>
        <translation>Ab&amp;wägen</translation>
    </message>
    <message>
        <source>Find out what each step of the branch is good for, by leaving it out</source>
        <translation>Herausfinden, wozu jeder Schritt des Zweigs gut ist, indem er weggelassen wird</translation>
    </message>
    <message>
        <source>Simpli&amp;fy</source>
        <translation>Kür&amp;zen</translation>
    </message>
    <message>
        <source>Make a branch without the steps that contribute nothing</source>
        <translation>Einen Zweig ohne die Schritte anlegen, die nichts beitragen</translation>
    </message>
    <message>
        <source>P&amp;olish</source>
        <translation>&amp;Feilen</translation>
    </message>
    <message>
        <source>Tune the numbers of the branch, and keep what is better as a branch</source>
        <translation>Die Zahlen des Zweigs abstimmen und, was besser ist, als Zweig behalten</translation>
    </message>
</context>
<context>
    <name>ExploreBar</name>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop exploring; what finished rounds found is kept</source>
        <translation>Das Erkunden beenden; was fertige Runden fanden, bleibt</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>How many candidates are tried in this run</source>
        <translation>Wie viele Kandidaten in diesem Lauf versucht werden</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>gierig</translation>
    </message>
    <message>
        <source>wandering</source>
        <translation>schweifend</translation>
    </message>
    <message>
        <source>Greedy follows the best branches, wandering gives others a chance</source>
        <translation>Gierig folgt den besten Zweigen, schweifend gibt anderen eine Chance</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>wild</source>
        <translation>wild</translation>
    </message>
    <message>
        <source>How far variations stray from what they vary</source>
        <translation>Wie weit Variationen von dem abweichen, was sie variieren</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Dials that were saved under a name</source>
        <translation>Regler, die unter einem Namen gespeichert wurden</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Try new compositions and keep the good ones (Space)</source>
        <translation>Neue Kompositionen versuchen und die guten behalten (Leertaste)</translation>
    </message>
    <message>
        <source>Hold exploring after this round (Space)</source>
        <translation>Das Erkunden nach dieser Runde anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Go on exploring (Space)</source>
        <translation>Weiter erkunden (Leertaste)</translation>
    </message>
    <message>
        <source>Candidates to try</source>
        <translation>Kandidaten</translation>
    </message>
</context>
<context>
    <name>Exploring</name>
    <message>
        <source>Killed branches don&apos;t grow: take the decision away first (U).</source>
        <translation>Verworfene Zweige wachsen nicht: erst die Entscheidung aufheben (U).</translation>
    </message>
    <message>
        <source>Exploring is paused and goes on by itself when it can: {why}.</source>
        <translation>Das Erkunden ist angehalten und geht von selbst weiter, sobald es kann: {why}.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>ExportDesk</name>
    <message>
        <source>Exporting {n} of {total}…</source>
        <translation>Export {n} von {total} …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message numerus="yes">
        <source>Exported {n} versions to {folder}</source>
        <translation>
            <numerusform>{n} Version nach {folder} exportiert</numerusform>
            <numerusform>{n} Versionen nach {folder} exportiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>{text}. Left out: {lost}</source>
        <translation>{text}. Weggelassen: {lost}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>The selection ({n})</source>
        <translation>Die Auswahl ({n})</translation>
    </message>
    <message>
        <source>All pinned ({n})</source>
        <translation>Alle angehefteten ({n})</translation>
    </message>
    <message>
        <source>The best that differ</source>
        <translation>Die besten, die sich unterscheiden</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>How many of the best</source>
        <translation>Wie viele der besten</translation>
    </message>
    <message>
        <source>PNG – lossless, opens anywhere</source>
        <translation>PNG – verlustfrei, öffnet sich überall</translation>
    </message>
    <message>
        <source>TIFF – lossless, for print</source>
        <translation>TIFF – verlustfrei, für den Druck</translation>
    </message>
    <message>
        <source>WebP – small, for the web</source>
        <translation>WebP – klein, fürs Web</translation>
    </message>
    <message>
        <source>JPEG – small, without transparency</source>
        <translation>JPEG – klein, ohne Transparenz</translation>
    </message>
    <message>
        <source>OpenRaster – with layers, for Krita and GIMP</source>
        <translation>OpenRaster – mit Ebenen, für Krita und GIMP</translation>
    </message>
    <message>
        <source>Photoshop – with layers</source>
        <translation>Photoshop – mit Ebenen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Bits a channel</source>
        <translation>Bit je Kanal</translation>
    </message>
    <message>
        <source>{n} bits</source>
        <translation>{n} Bit</translation>
    </message>
    <message>
        <source>As the canvas ({w} × {h} px)</source>
        <translation>Wie die Leinwand ({w} × {h} px)</translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation>{n} px</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Anders …</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Long edge</source>
        <translation>Lange Seite</translation>
    </message>
    <message>
        <source>Long edge in pixels</source>
        <translation>Lange Seite in Pixeln</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>The steps side by side, as a PNG</source>
        <translation>Die Schritte nebeneinander, als PNG</translation>
    </message>
    <message>
        <source>The steps one after another, as an animation</source>
        <translation>Die Schritte nacheinander, als Animation</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>Storyboard: how each version came to be</source>
        <translation>Storyboard: wie jede Version entstand</translation>
    </message>
    <message>
        <source>File names; they may use {fields}</source>
        <translation>Dateinamen; sie dürfen {fields} verwenden</translation>
    </message>
    <message>
        <source>Folder that the pictures are written to</source>
        <translation>Ordner, in den die Bilder geschrieben werden</translation>
    </message>
    <message>
        <source>Storyboard</source>
        <translation>Storyboard</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>such as {name}</source>
        <translation>zum Beispiel {name}</translation>
    </message>
    <message>
        <source>its layers and its recipe</source>
        <translation>ihren Ebenen und ihrem Rezept</translation>
    </message>
    <message>
        <source>its recipe</source>
        <translation>ihrem Rezept</translation>
    </message>
    <message numerus="yes">
        <source>Export {n} versions, each with {kept}</source>
        <translation>
            <numerusform>{n} Version mit {kept} exportieren</numerusform>
            <numerusform>{n} Versionen exportieren, jede mit {kept}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FamiliesField</name>
    <message>
        <source>Operations</source>
        <translation>Operationen</translation>
    </message>
    <message>
        <source>Which families of operations are drawn; what there is stays</source>
        <translation>Aus welchen Familien Operationen gezogen werden; was es gibt, bleibt</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>All families</source>
        <translation>Alle Familien</translation>
    </message>
    <message>
        <source>None: pictures alone</source>
        <translation>Keine: nur Bilder</translation>
    </message>
    <message>
        <source>{n} of {all} families</source>
        <translation>{n} von {all} Familien</translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>Repetition</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Symmetry</source>
        <translation>Symmetrie</translation>
    </message>
    <message>
        <source>Slicing</source>
        <translation>Zerlegung</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Masking</source>
        <translation>Maskierung</translation>
    </message>
    <message>
        <source>Keying</source>
        <translation>Freistellung nach Farbe</translation>
    </message>
    <message>
        <source>Cutout</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Ränder</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Tonwerte</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>Verzerrung</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>Textur</translation>
    </message>
    <message>
        <source>Stylize</source>
        <translation>Stil</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Zeichnung</translation>
    </message>
    <message>
        <source>Tessellation</source>
        <translation>Parkettierung</translation>
    </message>
    <message>
        <source>Glitch</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Spectral</source>
        <translation>Frequenzen</translation>
    </message>
</context>
<context>
    <name>FramesDialog</name>
    <message>
        <source>Pictures of {name}</source>
        <translation>Bilder von {name}</translation>
    </message>
    <message>
        <source>{name} holds {n} pictures. Choose those to make collages from:</source>
        <translation>{name} enthält {n} Bilder. Auswählen, woraus Collagen werden sollen:</translation>
    </message>
    <message>
        <source>(the first {n} are shown)</source>
        <translation>(die ersten {n} werden gezeigt)</translation>
    </message>
    <message>
        <source>Pictures of the file</source>
        <translation>Bilder der Datei</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Add {n}</source>
        <translation>{n} hinzufügen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>Branch {id}</source>
        <translation>Zweig {id}</translation>
    </message>
    <message>
        <source>value {value:.3f}</source>
        <translation>Wert {value:.3f}</translation>
    </message>
    <message>
        <source>depth {depth}</source>
        <translation>Tiefe {depth}</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>fragile</source>
        <translation>empfindlich</translation>
    </message>
    <message>
        <source>unlike all sources</source>
        <translation>anders als alle Quellen</translation>
    </message>
    <message>
        <source>on top of {n} that look alike</source>
        <translation>liegt auf {n}, die ähnlich aussehen</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Show all branches</source>
        <translation>Alle Zweige zeigen</translation>
    </message>
    <message>
        <source>Show only branches that are neither pinned nor killed</source>
        <translation>Nur Zweige zeigen, die weder angeheftet noch verworfen sind</translation>
    </message>
    <message>
        <source>Show only pinned branches</source>
        <translation>Nur angeheftete Zweige zeigen</translation>
    </message>
    <message>
        <source>Show only killed branches</source>
        <translation>Nur verworfene Zweige zeigen</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>The best branches first, but those that look alike further down</source>
        <translation>Die besten Zweige zuerst, doch ähnlich aussehende weiter unten</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>The best branches first</source>
        <translation>Die besten Zweige zuerst</translation>
    </message>
    <message>
        <source>Novel</source>
        <translation>Neuartig</translation>
    </message>
    <message>
        <source>Those least like all others first</source>
        <translation>Zuerst die, die allen anderen am wenigsten gleichen</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außerhalb</translation>
    </message>
    <message>
        <source>Those furthest from all that mixing the sources gives first</source>
        <translation>Zuerst die, die am weitesten von allem liegen, was Mischungen der Quellen ergeben</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>The newest branches first</source>
        <translation>Die neuesten Zweige zuerst</translation>
    </message>
    <message>
        <source>Fragile</source>
        <translation>Empfindlich</translation>
    </message>
    <message>
        <source>Those first that lose most when they are slightly changed</source>
        <translation>Zuerst die, die bei kleinen Änderungen am meisten verlieren</translation>
    </message>
    <message>
        <source>Taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>Those first that you will like, as far as known</source>
        <translation>Zuerst die, die Ihnen gefallen werden, soweit bekannt</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By what the branches are sorted</source>
        <translation>Wonach die Zweige sortiert sind</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Killed</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>What exploring finds appears here.</source>
        <translation>Was beim Erkunden gefunden wird, erscheint hier.</translation>
    </message>
    <message>
        <source>All branches are killed, and killed ones are hidden.</source>
        <translation>Alle Zweige sind verworfen, und verworfene sind ausgeblendet.</translation>
    </message>
    <message>
        <source>Every branch is pinned or killed.</source>
        <translation>Jeder Zweig ist angeheftet oder verworfen.</translation>
    </message>
    <message>
        <source>Nothing is pinned. P pins what is chosen.</source>
        <translation>Nichts ist angeheftet. P heftet an, was ausgewählt ist.</translation>
    </message>
    <message>
        <source>Nothing is killed. K kills what is chosen.</source>
        <translation>Nichts ist verworfen. K verwirft, was ausgewählt ist.</translation>
    </message>
    <message>
        <source>No branch is like that. The filter can be taken away.</source>
        <translation>Kein Zweig ist so. Der Filter lässt sich aufheben.</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Gallery of branches</source>
        <translation>Galerie der Zweige</translation>
    </message>
</context>
<context>
    <name>Growth</name>
    <message numerus="yes">
        <source>Foretold right: {now:.0f} %, {n} answers ago {then:.0f} %</source>
        <translation>
            <numerusform>Richtig vorhergesagt: {now:.0f} %, vor {n} Antwort {then:.0f} %</numerusform>
            <numerusform>Richtig vorhergesagt: {now:.0f} %, vor {n} Antworten {then:.0f} %</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>step {n} needs it</source>
        <translation>Schritt {n} braucht ihn</translation>
    </message>
    <message>
        <source>value {value:+.2f} and novelty {novelty:+.3f} with it, look moved {look}</source>
        <translation>mit ihm Wert {value:+.2f} und Neuheit {novelty:+.3f}, Aussehen verändert um {look}</translation>
    </message>
    <message>
        <source>Works on the whole canvas.</source>
        <translation>Wirkt auf die ganze Leinwand.</translation>
    </message>
    <message>
        <source>Works on the layer {name}.</source>
        <translation>Wirkt auf die Ebene {name}.</translation>
    </message>
    <message>
        <source>From an ancestor: a change may be for all that grew from it.</source>
        <translation>Von einem Vorfahren: eine Änderung kann für alles gelten, was daraus wuchs.</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Choose a branch to see what it is made of.</source>
        <translation>Einen Zweig wählen, um zu sehen, woraus er besteht.</translation>
    </message>
    <message>
        <source>Choose a step to see its parameters.</source>
        <translation>Einen Schritt wählen, um seine Parameter zu sehen.</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>judging…</source>
        <translation>wird bewertet …</translation>
    </message>
    <message>
        <source>This can&apos;t be: {why}.</source>
        <translation>Das geht nicht: {why}.</translation>
    </message>
    <message>
        <source>The change could not be kept: {why}.</source>
        <translation>Die Änderung konnte nicht behalten werden: {why}.</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Steps of the branch</source>
        <translation>Schritte des Zweigs</translation>
    </message>
    <message>
        <source>Layers, the top one first</source>
        <translation>Ebenen, die oberste zuerst</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>The steps that made the branch, and their parameters</source>
        <translation>Die Schritte, aus denen der Zweig entstand, und ihre Parameter</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>The layers: visible, opacity, blend mode, order</source>
        <translation>Die Ebenen: Sichtbarkeit, Deckkraft, Mischmodus, Reihenfolge</translation>
    </message>
</context>
<context>
    <name>JudgeFields</name>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Image measures</source>
        <translation>Bildmaße</translation>
    </message>
    <message>
        <source>CLIP, fast</source>
        <translation>CLIP, schnell</translation>
    </message>
    <message>
        <source>CLIP, best (slow)</source>
        <translation>CLIP, am besten (langsam)</translation>
    </message>
    <message>
        <source>CLIP, another model…</source>
        <translation>CLIP, anderes Modell …</translation>
    </message>
    <message>
        <source>Scorer</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Who judges: CLIP where its weights are here, else image measures</source>
        <translation>Wer urteilt: CLIP, wo seine Gewichte vorhanden sind, sonst Bildmaße</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>MODEL/TAG as open_clip calls it, MODEL@FILE, or a folder</source>
        <translation>MODELL/TAG, wie open_clip es nennt, MODELL@DATEI oder ein Ordner</translation>
    </message>
    <message>
        <source>More like</source>
        <translation>Eher wie</translation>
    </message>
    <message>
        <source>fog; a quiet sea</source>
        <translation>Nebel; ein stilles Meer</translation>
    </message>
    <message>
        <source>What pictures should look like, in words; several with ; between (CLIP)</source>
        <translation>Wie Bilder aussehen sollen, in Worten; mehrere mit ; dazwischen (CLIP)</translation>
    </message>
    <message>
        <source>Less like</source>
        <translation>Weniger wie</translation>
    </message>
    <message>
        <source>noise; text</source>
        <translation>Rauschen; Schrift</translation>
    </message>
    <message>
        <source>What pictures should not look like; several with ; between (CLIP)</source>
        <translation>Wie Bilder nicht aussehen sollen; mehrere mit ; dazwischen (CLIP)</translation>
    </message>
    <message>
        <source>Unanimity</source>
        <translation>Einigkeit</translation>
    </message>
    <message>
        <source>What disagreement between voters costs: high keeps what all of them like</source>
        <translation>Was Uneinigkeit der Juroren kostet: hoch behält, was allen gefällt</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Of CLIP&apos;s arithmetic; automatic measures once which is fastest and right</source>
        <translation>Der Rechnung von CLIP; Automatisch misst einmal, welche am schnellsten und richtig ist</translation>
    </message>
    <message>
        <source>Voters</source>
        <translation>Juroren</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>The language of the window, from the next start on</source>
        <translation>Die Sprache des Fensters, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>LayerForge speaks the other language from its next start on.</source>
        <translation>LayerForge spricht die andere Sprache ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>Layer</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Stamp</source>
        <translation>Stempel</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>stamp</source>
        <translation>Stempel</translation>
    </message>
    <message>
        <source>adjustment</source>
        <translation>Einstellung</translation>
    </message>
</context>
<context>
    <name>LayersModel</name>
    <message numerus="yes">
        <source>{n} filters</source>
        <translation>
            <numerusform>{n} Filter</numerusform>
            <numerusform>{n} Filter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} masks</source>
        <translation>
            <numerusform>{n} Maske</numerusform>
            <numerusform>{n} Masken</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>LayerForge {version}

Makes collages by searching for them.
MIT licence.</source>
        <translation>LayerForge {version}

Macht Collagen, indem es nach ihnen sucht.
MIT-Lizenz.</translation>
    </message>
    <message>
        <source>About LayerForge</source>
        <translation>Über LayerForge</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>{name} (read-only)</source>
        <translation>{name} (schreibgeschützt)</translation>
    </message>
    <message>
        <source>This project is read-only here: {why}.</source>
        <translation>Dieses Projekt ist hier schreibgeschützt: {why}.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>An older LayerForge made this project. As it was, it is in {place}.</source>
        <translation>Ein älteres LayerForge hat dieses Projekt angelegt. Wie es war, liegt es in {place}.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Reading images: {text}</source>
        <translation>Bilder werden gelesen: {text}</translation>
    </message>
    <message>
        <source>loading CLIP, which takes some seconds…</source>
        <translation>CLIP wird geladen, das dauert einige Sekunden …</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>What looks alike lies near. The dashed line goes round all that mixing the sources can give, as seen from here: what lies outside of it has left them behind.</source>
        <translation>Was ähnlich aussieht, liegt nah beieinander. Die gestrichelte Linie umschließt alles, was Mischungen der Quellen ergeben können, von hier aus gesehen: was außerhalb liegt, hat sie hinter sich gelassen.</translation>
    </message>
    <message>
        <source>Map of branches</source>
        <translation>Karte der Zweige</translation>
    </message>
    <message>
        <source>{low} low value {high} high &amp;nbsp; {pin} pinned &amp;nbsp; {cross} killed &amp;nbsp; {source} source &amp;nbsp; {line} their hull</source>
        <translation>{low} niedriger Wert {high} hoher &amp;nbsp; {pin} angeheftet &amp;nbsp; {cross} verworfen &amp;nbsp; {source} Quelle &amp;nbsp; {line} ihre Hülle</translation>
    </message>
</context>
<context>
    <name>Narrowing</name>
    <message>
        <source>Show only some: by operation, source or value (Ctrl+F)</source>
        <translation>Nur einige zeigen: nach Operation, Quelle oder Wert (Strg+F)</translation>
    </message>
    <message>
        <source>Family of operations</source>
        <translation>Familie der Operationen</translation>
    </message>
    <message>
        <source>Only branches made with an operation of this family</source>
        <translation>Nur Zweige, in denen eine Operation dieser Familie steckt</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Only branches made with this source</source>
        <translation>Nur Zweige, in denen diese Quelle steckt</translation>
    </message>
    <message>
        <source>Lowest value</source>
        <translation>Niedrigster Wert</translation>
    </message>
    <message>
        <source>Highest value</source>
        <translation>Höchster Wert</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>Wieder alle zeigen</translation>
    </message>
    <message>
        <source>Take all of these conditions away</source>
        <translation>Alle diese Bedingungen aufheben</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemacht mit</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>Operation</name>
    <message>
        <source>Add picture</source>
        <translation>Bild hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Umordnen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalieren</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Stamp visible</source>
        <translation>Sichtbares stempeln</translation>
    </message>
    <message>
        <source>Add color</source>
        <translation>Farbfläche hinzufügen</translation>
    </message>
    <message>
        <source>Add gradient</source>
        <translation>Verlauf hinzufügen</translation>
    </message>
    <message>
        <source>Add adjustment</source>
        <translation>Einstellungsebene hinzufügen</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Ring</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>Spirale</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>Verstreuen</translation>
    </message>
    <message>
        <source>Nest</source>
        <translation>Verschachteln</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Mirror halves</source>
        <translation>Hälften spiegeln</translation>
    </message>
    <message>
        <source>Kaleidoscope</source>
        <translation>Kaleidoskop</translation>
    </message>
    <message>
        <source>Rosette</source>
        <translation>Rosette</translation>
    </message>
    <message>
        <source>Droste</source>
        <translation>Droste-Effekt</translation>
    </message>
    <message>
        <source>Strips</source>
        <translation>Streifen</translation>
    </message>
    <message>
        <source>Turned rings</source>
        <translation>Gedrehte Ringe</translation>
    </message>
    <message>
        <source>Shifted squares</source>
        <translation>Versetzte Quadrate</translation>
    </message>
    <message>
        <source>Shards</source>
        <translation>Scherben</translation>
    </message>
    <message>
        <source>Torn pieces</source>
        <translation>Papierfetzen</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Visibility</source>
        <translation>Sichtbarkeit</translation>
    </message>
    <message>
        <source>Knock out</source>
        <translation>Aussparen</translation>
    </message>
    <message>
        <source>Gradient mask</source>
        <translation>Verlaufsmaske</translation>
    </message>
    <message>
        <source>Shape mask</source>
        <translation>Formmaske</translation>
    </message>
    <message>
        <source>Polygon mask</source>
        <translation>Scherenschnitt</translation>
    </message>
    <message>
        <source>Brush mask</source>
        <translation>Pinselmaske</translation>
    </message>
    <message>
        <source>Crop mask</source>
        <translation>Beschnitt</translation>
    </message>
    <message>
        <source>Stripes mask</source>
        <translation>Streifenmaske</translation>
    </message>
    <message>
        <source>Torn edge</source>
        <translation>Risskante</translation>
    </message>
    <message>
        <source>Cloud mask</source>
        <translation>Wolkenmaske</translation>
    </message>
    <message>
        <source>Luminance key</source>
        <translation>Luminanzschlüssel</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>Maske umkehren</translation>
    </message>
    <message>
        <source>Feather mask</source>
        <translation>Weiche Kante</translation>
    </message>
    <message>
        <source>Shrink mask</source>
        <translation>Maske verkleinern</translation>
    </message>
    <message>
        <source>Grow mask</source>
        <translation>Maske erweitern</translation>
    </message>
    <message>
        <source>Color key</source>
        <translation>Farbschlüssel</translation>
    </message>
    <message>
        <source>Blend if</source>
        <translation>Farbbereich</translation>
    </message>
    <message>
        <source>Track matte</source>
        <translation>Spurmaske</translation>
    </message>
    <message>
        <source>Subject cutout</source>
        <translation>Motiv freistellen</translation>
    </message>
    <message>
        <source>Saliency cutout</source>
        <translation>Blickfang freistellen</translation>
    </message>
    <message>
        <source>Drop shadow</source>
        <translation>Schlagschatten</translation>
    </message>
    <message>
        <source>Sticker edge</source>
        <translation>Aufkleberrand</translation>
    </message>
    <message>
        <source>Outer glow</source>
        <translation>Schein nach außen</translation>
    </message>
    <message>
        <source>Inner glow</source>
        <translation>Schein nach innen</translation>
    </message>
    <message>
        <source>Inner shadow</source>
        <translation>Schatten nach innen</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Tonwertkorrektur</translation>
    </message>
    <message>
        <source>Auto levels</source>
        <translation>Auto-Tonwerte</translation>
    </message>
    <message>
        <source>Scurve</source>
        <translation>S-Kurve</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Gradationskurven</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Posterise</source>
        <translation>Tontrennung</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwellwert</translation>
    </message>
    <message>
        <source>Solarise</source>
        <translation>Solarisation</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>Lokaler Kontrast</translation>
    </message>
    <message>
        <source>Adaptive equalisation</source>
        <translation>Adaptiver Ausgleich</translation>
    </message>
    <message>
        <source>Shadows highlights</source>
        <translation>Tiefen/Lichter</translation>
    </message>
    <message>
        <source>Hue shift</source>
        <translation>Farbtonverschiebung</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>Lightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>Dynamik</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>Weißabgleich</translation>
    </message>
    <message>
        <source>Channel swap</source>
        <translation>Kanaltausch</translation>
    </message>
    <message>
        <source>Monochrome</source>
        <translation>Schwarzweiß</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>Einfärben</translation>
    </message>
    <message>
        <source>Cross process</source>
        <translation>Crossentwicklung</translation>
    </message>
    <message>
        <source>Faded film</source>
        <translation>Verblichener Film</translation>
    </message>
    <message>
        <source>Channel mixer</source>
        <translation>Kanalmixer</translation>
    </message>
    <message>
        <source>Color balance</source>
        <translation>Farbbalance</translation>
    </message>
    <message>
        <source>Color transfer</source>
        <translation>Farbübertragung</translation>
    </message>
    <message>
        <source>Gradient map</source>
        <translation>Verlaufsumsetzung</translation>
    </message>
    <message>
        <source>Duotone</source>
        <translation>Duplex</translation>
    </message>
    <message>
        <source>Split toning</source>
        <translation>Teiltonung</translation>
    </message>
    <message>
        <source>Harmonise</source>
        <translation>Harmonisieren</translation>
    </message>
    <message>
        <source>Limit palette</source>
        <translation>Palette begrenzen</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>Gaußscher Weichzeichner</translation>
    </message>
    <message>
        <source>Box blur</source>
        <translation>Feld-Weichzeichner</translation>
    </message>
    <message>
        <source>Median blur</source>
        <translation>Median-Weichzeichner</translation>
    </message>
    <message>
        <source>Bilateral blur</source>
        <translation>Bilateraler Weichzeichner</translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation>Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Zoom blur</source>
        <translation>Zoomunschärfe</translation>
    </message>
    <message>
        <source>Spin blur</source>
        <translation>Drehunschärfe</translation>
    </message>
    <message>
        <source>Lens blur</source>
        <translation>Objektivunschärfe</translation>
    </message>
    <message>
        <source>Unsharp mask</source>
        <translation>Unscharf maskieren</translation>
    </message>
    <message>
        <source>High pass</source>
        <translation>Hochpass</translation>
    </message>
    <message>
        <source>Bloom</source>
        <translation>Überstrahlung</translation>
    </message>
    <message>
        <source>Surface blur</source>
        <translation>Flächen-Weichzeichner</translation>
    </message>
    <message>
        <source>Tilt shift</source>
        <translation>Tilt-Shift</translation>
    </message>
    <message>
        <source>Swirl</source>
        <translation>Strudel</translation>
    </message>
    <message>
        <source>Ripple</source>
        <translation>Kreiswellen</translation>
    </message>
    <message>
        <source>Wave</source>
        <translation>Wellen</translation>
    </message>
    <message>
        <source>Bulge</source>
        <translation>Wölben</translation>
    </message>
    <message>
        <source>Lens distortion</source>
        <translation>Objektivverzeichnung</translation>
    </message>
    <message>
        <source>Polar</source>
        <translation>Polarkoordinaten</translation>
    </message>
    <message>
        <source>Unroll</source>
        <translation>Entrollen</translation>
    </message>
    <message>
        <source>Mesh warp</source>
        <translation>Gitterverzerrung</translation>
    </message>
    <message>
        <source>Displacement</source>
        <translation>Versetzen</translation>
    </message>
    <message>
        <source>Drape</source>
        <translation>Drapieren</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Strömung</translation>
    </message>
    <message>
        <source>Frosted glass</source>
        <translation>Milchglas</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>Perspektive</translation>
    </message>
    <message>
        <source>Film grain</source>
        <translation>Filmkorn</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Wolken</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Halftone</source>
        <translation>Rasterdruck</translation>
    </message>
    <message>
        <source>Scanlines</source>
        <translation>Bildschirmzeilen</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>Vignette</translation>
    </message>
    <message>
        <source>Light leak</source>
        <translation>Lichteinfall</translation>
    </message>
    <message>
        <source>Scratches</source>
        <translation>Kratzer</translation>
    </message>
    <message>
        <source>Dust</source>
        <translation>Staub</translation>
    </message>
    <message>
        <source>Weave</source>
        <translation>Gewebe</translation>
    </message>
    <message>
        <source>Kuwahara</source>
        <translation>Kuwahara</translation>
    </message>
    <message>
        <source>Oil paint</source>
        <translation>Ölmalerei</translation>
    </message>
    <message>
        <source>Ink edges</source>
        <translation>Tuschekonturen</translation>
    </message>
    <message>
        <source>Neon edges</source>
        <translation>Neonkonturen</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>Relief</translation>
    </message>
    <message>
        <source>Pixelate</source>
        <translation>Verpixeln</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <translation>Mosaik</translation>
    </message>
    <message>
        <source>Crosshatch</source>
        <translation>Kreuzschraffur</translation>
    </message>
    <message>
        <source>Pencil</source>
        <translation>Bleistift</translation>
    </message>
    <message>
        <source>Pointillism</source>
        <translation>Pointillismus</translation>
    </message>
    <message>
        <source>Stipple</source>
        <translation>Punktierung</translation>
    </message>
    <message>
        <source>Low poly</source>
        <translation>Low Poly</translation>
    </message>
    <message>
        <source>Stained glass</source>
        <translation>Buntglas</translation>
    </message>
    <message>
        <source>Channel shift</source>
        <translation>Kanalversatz</translation>
    </message>
    <message>
        <source>Chromatic aberration</source>
        <translation>Farbsäume</translation>
    </message>
    <message>
        <source>Row shift</source>
        <translation>Zeilenversatz</translation>
    </message>
    <message>
        <source>Block shuffle</source>
        <translation>Blöcke vertauschen</translation>
    </message>
    <message>
        <source>Pixel sort</source>
        <translation>Pixelsortierung</translation>
    </message>
    <message>
        <source>Bit crush</source>
        <translation>Bit-Crush</translation>
    </message>
    <message>
        <source>Tape warp</source>
        <translation>Bandstörung</translation>
    </message>
    <message>
        <source>Jpeg decay</source>
        <translation>JPEG-Zerfall</translation>
    </message>
    <message>
        <source>Slit scan</source>
        <translation>Schlitzkamera</translation>
    </message>
    <message>
        <source>Pixel stretch</source>
        <translation>Pixelzug</translation>
    </message>
    <message>
        <source>Phase swap</source>
        <translation>Phasentausch</translation>
    </message>
    <message>
        <source>Band pass</source>
        <translation>Bandpass</translation>
    </message>
    <message>
        <source>Pyramid blend</source>
        <translation>Pyramidenmischung</translation>
    </message>
    <message>
        <source>Seamless clone</source>
        <translation>Nahtlos einsetzen</translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassung</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>Spiegelung</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>Achse</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischmodus</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>Facing</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>Schwankung</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Verkleinerung</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Verhältnis</translation>
    </message>
    <message>
        <source>Brick</source>
        <translation>Versatz je Zeile</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>Gespiegelt</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Rechtwinklig</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmente</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Arms</source>
        <translation>Arme</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Gleam</source>
        <translation>Glanz</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>Stücke</translation>
    </message>
    <message>
        <source>Rim</source>
        <translation>Saum</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Schatten</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Sichtbar</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>Weichheit</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Aspect</source>
        <translation>Seitenverhältnis</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Zacken</translation>
    </message>
    <message>
        <source>Hole</source>
        <translation>Loch</translation>
    </message>
    <message>
        <source>Corners</source>
        <translation>Ecken</translation>
    </message>
    <message>
        <source>Uneven</source>
        <translation>Unregelmäßigkeit</translation>
    </message>
    <message>
        <source>Cover share</source>
        <translation>Deckungsanteil</translation>
    </message>
    <message>
        <source>Dryness</source>
        <translation>Trockenheit</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Inset</source>
        <translation>Einzug</translation>
    </message>
    <message>
        <source>Roughness</source>
        <translation>Rauheit</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detail</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>Farbton</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Beschnitt</translation>
    </message>
    <message>
        <source>Per channel</source>
        <translation>Je Kanal</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>Tiefen</translation>
    </message>
    <message>
        <source>Lights</source>
        <translation>Lichter</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>Blendenstufen</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>Keep hue</source>
        <translation>Farbton behalten</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Lichter</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Farbtemperatur</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>Tönung</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>Buntheit</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Verschiebung</translation>
    </message>
    <message>
        <source>Fade</source>
        <translation>Verblassen</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>Wärme</translation>
    </message>
    <message>
        <source>Red from green</source>
        <translation>Rot aus Grün</translation>
    </message>
    <message>
        <source>Red from blue</source>
        <translation>Rot aus Blau</translation>
    </message>
    <message>
        <source>Green from red</source>
        <translation>Grün aus Rot</translation>
    </message>
    <message>
        <source>Green from blue</source>
        <translation>Grün aus Blau</translation>
    </message>
    <message>
        <source>Blue from red</source>
        <translation>Blau aus Rot</translation>
    </message>
    <message>
        <source>Blue from green</source>
        <translation>Blau aus Grün</translation>
    </message>
    <message>
        <source>Shadows red</source>
        <translation>Tiefen Rot</translation>
    </message>
    <message>
        <source>Shadows green</source>
        <translation>Tiefen Grün</translation>
    </message>
    <message>
        <source>Shadows blue</source>
        <translation>Tiefen Blau</translation>
    </message>
    <message>
        <source>Middle red</source>
        <translation>Mitten Rot</translation>
    </message>
    <message>
        <source>Middle green</source>
        <translation>Mitten Grün</translation>
    </message>
    <message>
        <source>Middle blue</source>
        <translation>Mitten Blau</translation>
    </message>
    <message>
        <source>Lights red</source>
        <translation>Lichter Rot</translation>
    </message>
    <message>
        <source>Lights green</source>
        <translation>Lichter Grün</translation>
    </message>
    <message>
        <source>Lights blue</source>
        <translation>Lichter Blau</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>Tusche</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Colors</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Boost</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Glow</source>
        <translation>Leuchten</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Zuwachs</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Phase</translation>
    </message>
    <message>
        <source>Outwards</source>
        <translation>Nach außen</translation>
    </message>
    <message>
        <source>Middle up</source>
        <translation>Mitte nach oben</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Glätte</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>Quer</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Längs</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Bedeckung</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>Aufrecht</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Menge</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Relief</source>
        <translation>Relief</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Joint</source>
        <translation>Fuge</translation>
    </message>
    <message>
        <source>Glass</source>
        <translation>Glas</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>Shade</source>
        <translation>Schattierung</translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation>Lebhaftigkeit</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Kantentreue</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>Bleiruten</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Untergrenze</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Spanne</translation>
    </message>
    <message>
        <source>Wobble</source>
        <translation>Wackeln</translation>
    </message>
    <message>
        <source>Bleed</source>
        <translation>Verlaufen</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>Schräge</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Seam</source>
        <translation>Naht</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>{name} is not installed here: it can be moved and switched off only.</source>
        <translation>{name} ist hier nicht installiert: der Schritt lässt sich nur verschieben und ausschalten.</translation>
    </message>
</context>
<context>
    <name>Pays</name>
    <message>
        <source>0 where all it was tried in was turned away, 1 where all was kept and far better. The line is where the mean lies with a chance of 90 %; a pin or a kill of yours counts as much as several candidates</source>
        <translation>0, wenn alles abgelehnt wurde, worin es versucht wurde, 1, wenn alles behalten wurde und weit besser war. Die Linie zeigt, wo der Mittelwert mit 90 % Wahrscheinlichkeit liegt; einmal Anheften oder Verwerfen zählt so viel wie mehrere Kandidaten</translation>
    </message>
    <message>
        <source>What pays: {said}</source>
        <translation>Was sich lohnt: {said}</translation>
    </message>
    <message numerus="yes">
        <source>{name} {mean:.2f}, {low:.2f} to {high:.2f}, tried {n} times</source>
        <translation>
            <numerusform>{name} {mean:.2f}, {low:.2f} bis {high:.2f}, {n}-mal versucht</numerusform>
            <numerusform>{name} {mean:.2f}, {low:.2f} bis {high:.2f}, {n}-mal versucht</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is known yet.</source>
        <translation>Noch ist nichts bekannt.</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Choose a branch to see it large.</source>
        <translation>Einen Zweig wählen, um ihn groß zu sehen.</translation>
    </message>
    <message>
        <source>The preview could not be rendered: {text}</source>
        <translation>Die Vorschau ließ sich nicht rendern: {text}</translation>
    </message>
</context>
<context>
    <name>PictureTools</name>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Show the picture larger</source>
        <translation>Das Bild größer zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show the picture smaller</source>
        <translation>Das Bild kleiner zeigen</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>Show all of the picture</source>
        <translation>Das ganze Bild zeigen</translation>
    </message>
    <message>
        <source>&amp;Actual pixels</source>
        <translation>&amp;Originalpixel</translation>
    </message>
    <message>
        <source>One pixel of the canvas on one of the screen</source>
        <translation>Ein Pixel der Leinwand auf einem des Bildschirms</translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation>Schritt &amp;zurück</translation>
    </message>
    <message>
        <source>Show the picture as of the step before</source>
        <translation>Das Bild nach dem Schritt davor zeigen</translation>
    </message>
    <message>
        <source>&amp;Step on</source>
        <translation>Schritt &amp;vor</translation>
    </message>
    <message>
        <source>Show the picture as of the next step</source>
        <translation>Das Bild nach dem nächsten Schritt zeigen</translation>
    </message>
    <message>
        <source>&amp;Before / after</source>
        <translation>&amp;Vorher / nachher</translation>
    </message>
    <message>
        <source>Show the picture without the step shown last, and with it again</source>
        <translation>Das Bild ohne den zuletzt gezeigten Schritt zeigen, und wieder mit ihm</translation>
    </message>
    <message>
        <source>Actual pixels (1), or all of the picture (0)</source>
        <translation>Originalpixel (1) oder das ganze Bild (0)</translation>
    </message>
    <message>
        <source>Zoom, {scale}</source>
        <translation>Zoom, {scale}</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Wie am Anfang</translation>
    </message>
    <message>
        <source>&amp;Save these dials…</source>
        <translation>Diese Regler &amp;speichern …</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>R&amp;emove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>The dials stand as in “{name}”.</source>
        <translation>Die Regler stehen wie in „{name}“.</translation>
    </message>
    <message>
        <source>Save the dials as</source>
        <translation>Regler speichern als</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Als „{name}“ gespeichert.</translation>
    </message>
    <message>
        <source>Rename the preset</source>
        <translation>Vorlage umbenennen</translation>
    </message>
    <message>
        <source>“{name}” is removed.</source>
        <translation>„{name}“ ist entfernt.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Large picture of the chosen branch</source>
        <translation>Großes Bild des gewählten Zweigs</translation>
    </message>
    <message>
        <source>Plus and minus zoom, 0 shows all, 1 actual pixels; Shift and arrows move it</source>
        <translation>Plus und Minus zoomen, 0 zeigt alles, 1 Originalpixel; Umschalt und Pfeile verschieben es</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Progress of exploring</source>
        <translation>Fortschritt des Erkundens</translation>
    </message>
    <message>
        <source>{name} on {device}</source>
        <translation>{name} auf {device}</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Exploring</source>
        <translation>Erkundet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Not exploring yet</source>
        <translation>Noch nicht erkundet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Versucht</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Bester</translation>
    </message>
    <message>
        <source>Judged by</source>
        <translation>Bewertet von</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Why candidates were not kept</source>
        <translation>Warum Kandidaten nicht behalten wurden</translation>
    </message>
    <message>
        <source>What pays</source>
        <translation>Was sich lohnt</translation>
    </message>
    <message>
        <source>What each operation brought</source>
        <translation>Was jede Operation gebracht hat</translation>
    </message>
</context>
<context>
    <name>ReachChoice</name>
    <message>
        <source>Only this branch</source>
        <translation>Nur dieser Zweig</translation>
    </message>
    <message>
        <source>Make one new branch, beside this one (Ctrl+Return)</source>
        <translation>Einen neuen Zweig neben diesem anlegen (Strg+Return)</translation>
    </message>
    <message>
        <source>Make all that grew from there anew; the old ones stay</source>
        <translation>Alles, was daraus wuchs, neu machen; die alten bleiben</translation>
    </message>
    <message>
        <source>That step is #{id}&apos;s. What is the change for?</source>
        <translation>Dieser Schritt gehört zu #{id}. Wofür gilt die Änderung?</translation>
    </message>
    <message numerus="yes">
        <source>#{id} and the {n} branches that grew from it</source>
        <translation>
            <numerusform>#{id} und der Zweig, der daraus wuchs</numerusform>
            <numerusform>#{id} und die {n} Zweige, die daraus wuchsen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Empty, or all of one colour</source>
        <translation>Leer oder ganz in einer Farbe</translation>
    </message>
    <message>
        <source>Nothing but noise</source>
        <translation>Nichts als Rauschen</translation>
    </message>
    <message>
        <source>Looks like one that was kept</source>
        <translation>Sieht aus wie ein schon behaltenes</translation>
    </message>
    <message>
        <source>Hardly more than a source</source>
        <translation>Kaum mehr als eine Quelle</translation>
    </message>
    <message>
        <source>No better than kept ones like it</source>
        <translation>Nicht besser als ähnliche behaltene</translation>
    </message>
    <message>
        <source>Not good enough</source>
        <translation>Nicht gut genug</translation>
    </message>
    <message>
        <source>Most voters like its parent better</source>
        <translation>Den meisten Juroren gefällt der Elternzweig besser</translation>
    </message>
    <message>
        <source>Not among the best at a small size</source>
        <translation>Klein gerechnet nicht unter den besten</translation>
    </message>
    <message>
        <source>Could not be rendered</source>
        <translation>Ließ sich nicht rendern</translation>
    </message>
    <message>
        <source>Its parent was killed meanwhile</source>
        <translation>Der Elternzweig wurde inzwischen verworfen</translation>
    </message>
    <message>
        <source>Turned away: {said}</source>
        <translation>Abgelehnt: {said}</translation>
    </message>
    <message>
        <source>None so far.</source>
        <translation>Bisher keine.</translation>
    </message>
</context>
<context>
    <name>Replacing</name>
    <message>
        <source>{new} is used from now on; {old} is left out.</source>
        <translation>Von jetzt an wird {new} verwendet; {old} wird weggelassen.</translation>
    </message>
    <message numerus="yes">
        <source>{n} pinned branches are made of {old}.</source>
        <translation>
            <numerusform>{n} angehefteter Zweig besteht aus {old}.</numerusform>
            <numerusform>{n} angeheftete Zweige bestehen aus {old}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Make them with the new one</source>
        <translation>Mit dem neuen machen</translation>
    </message>
    <message>
        <source>Making pinned branches with the new image: {n} of {total}…</source>
        <translation>Angeheftete Zweige entstehen mit dem neuen Bild: {n} von {total} …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message numerus="yes">
        <source>{n} pinned branches are there once more, with the new image.</source>
        <translation>
            <numerusform>{n} angehefteter Zweig ist noch einmal da, mit dem neuen Bild.</numerusform>
            <numerusform>{n} angeheftete Zweige sind noch einmal da, mit dem neuen Bild.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeedControl</name>
    <message>
        <source>Roll another seed</source>
        <translation>Einen anderen Startwert würfeln</translation>
    </message>
    <message>
        <source>{name}: roll another seed</source>
        <translation>{name}: einen anderen Startwert würfeln</translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>The same seed repeats a run; empty takes a new one each time</source>
        <translation>Derselbe Startwert wiederholt einen Lauf; leer nimmt jedes Mal einen neuen</translation>
    </message>
    <message>
        <source>new each time</source>
        <translation>jedes Mal neu</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Roll a seed</source>
        <translation>Einen Startwert würfeln</translation>
    </message>
    <message>
        <source>Keep this seed for every run</source>
        <translation>Diesen Startwert für jeden Lauf behalten</translation>
    </message>
    <message>
        <source>Keep this seed for every run (the last one was {seed})</source>
        <translation>Diesen Startwert für jeden Lauf behalten (der letzte war {seed})</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>Lay a source on top as a new layer, covering the canvas or as a piece on it.</source>
        <translation>Eine Quelle als neue Ebene obenauf legen, über die ganze Leinwand oder als Stück darauf.</translation>
    </message>
    <message>
        <source>Copy a layer, moved, onto the place above it.</source>
        <translation>Eine Ebene kopieren, verschoben, an den Platz über ihr.</translation>
    </message>
    <message>
        <source>Take a layer away.</source>
        <translation>Eine Ebene wegnehmen.</translation>
    </message>
    <message>
        <source>Raise a layer by some places, or lower it.</source>
        <translation>Eine Ebene um einige Plätze heben oder senken.</translation>
    </message>
    <message>
        <source>Shift a layer.</source>
        <translation>Eine Ebene verschieben.</translation>
    </message>
    <message>
        <source>Enlarge or shrink a layer about its centre.</source>
        <translation>Eine Ebene um ihre Mitte vergrößern oder verkleinern.</translation>
    </message>
    <message>
        <source>Turn a layer about its centre.</source>
        <translation>Eine Ebene um ihre Mitte drehen.</translation>
    </message>
    <message>
        <source>Mirror a layer left to right, or upside down.</source>
        <translation>Eine Ebene von links nach rechts spiegeln oder auf den Kopf stellen.</translation>
    </message>
    <message>
        <source>Lay the whole picture so far on top of itself as one new layer, scaled and turned.</source>
        <translation>Das ganze Bild bisher als eine neue Ebene auf sich selbst legen, skaliert und gedreht.</translation>
    </message>
    <message>
        <source>Lay a sheet of one colour on top, under the top layer, or at the bottom as a ground.</source>
        <translation>Eine Farbfläche ganz oben, unter die oberste Ebene oder als Grund ganz unten legen.</translation>
    </message>
    <message>
        <source>Lay a sheet from one colour to another on top, under the top layer, or as a ground.</source>
        <translation>Eine Fläche von einer Farbe zur anderen ganz oben, unter die oberste Ebene oder als Grund legen.</translation>
    </message>
    <message>
        <source>Lay an adjustment on top: a layer that changes what lies beneath it, not the layers there.</source>
        <translation>Eine Einstellung obenauf legen: eine Ebene, die ändert, was unter ihr liegt, nicht die Ebenen dort.</translation>
    </message>
    <message>
        <source>Lay copies of a layer along a ring.</source>
        <translation>Kopien einer Ebene entlang eines Rings legen.</translation>
    </message>
    <message>
        <source>Lay copies of a layer on a grid over the whole canvas.</source>
        <translation>Kopien einer Ebene im Raster über die ganze Leinwand legen.</translation>
    </message>
    <message>
        <source>Lay copies of a layer along a spiral, smaller towards the middle.</source>
        <translation>Kopien einer Ebene entlang einer Spirale legen, zur Mitte hin kleiner.</translation>
    </message>
    <message>
        <source>Strew copies of a layer over the canvas.</source>
        <translation>Kopien einer Ebene über die Leinwand streuen.</translation>
    </message>
    <message>
        <source>Lay ever smaller copies of the picture into its own middle.</source>
        <translation>Immer kleinere Kopien des Bildes in seine eigene Mitte legen.</translation>
    </message>
    <message>
        <source>Tile the canvas with what is seen of a layer.</source>
        <translation>Die Leinwand mit dem kacheln, was man von einer Ebene sieht.</translation>
    </message>
    <message>
        <source>Let one half of the picture be the reflection of the other.</source>
        <translation>Eine Hälfte des Bildes die Spiegelung der anderen sein lassen.</translation>
    </message>
    <message>
        <source>See one wedge of the picture repeated around a point, as in a kaleidoscope.</source>
        <translation>Einen Keil des Bildes um einen Punkt wiederholt sehen, wie im Kaleidoskop.</translation>
    </message>
    <message>
        <source>Lay turned copies of the picture over each other, keeping the lighter or darker of them.</source>
        <translation>Gedrehte Kopien des Bildes übereinanderlegen und die helleren oder dunkleren behalten.</translation>
    </message>
    <message>
        <source>Let the picture wind into itself on a spiral, ever smaller, without an end.</source>
        <translation>Das Bild sich auf einer Spirale in sich selbst winden lassen, immer kleiner, ohne Ende.</translation>
    </message>
    <message>
        <source>Cut the picture into strips and push them along their length.</source>
        <translation>Das Bild in Streifen schneiden und sie der Länge nach verschieben.</translation>
    </message>
    <message>
        <source>Cut the picture into rings around its middle and turn them against each other.</source>
        <translation>Das Bild in Ringe um seine Mitte schneiden und sie gegeneinander drehen.</translation>
    </message>
    <message>
        <source>Cut the picture into squares, each of which shows it a little off and turned.</source>
        <translation>Das Bild in Quadrate schneiden, deren jedes es etwas versetzt und gedreht zeigt.</translation>
    </message>
    <message>
        <source>Break the picture into shards, as a mirror, each of which shows it a little off.</source>
        <translation>Das Bild wie einen Spiegel in Scherben brechen, deren jede es etwas versetzt zeigt.</translation>
    </message>
    <message>
        <source>Tear the picture into pieces and lay them down again a little off, with their shadows.</source>
        <translation>Das Bild in Stücke reißen und etwas versetzt wieder hinlegen, mit ihren Schatten.</translation>
    </message>
    <message>
        <source>Join a layer with one of the sixteen blend modes.</source>
        <translation>Eine Ebene mit einem der sechzehn Mischmodi verbinden.</translation>
    </message>
    <message>
        <source>Let what lies below show through a layer.</source>
        <translation>Durchscheinen lassen, was unter einer Ebene liegt.</translation>
    </message>
    <message>
        <source>Hide a layer and keep it, or show it again.</source>
        <translation>Eine Ebene ausblenden und behalten oder wieder zeigen.</translation>
    </message>
    <message>
        <source>Let a layer punch a hole of its shape through what lies below, and hide it.</source>
        <translation>Mit einer Ebene ein Loch in ihrer Form durch alles stanzen, was darunter liegt, und sie ausblenden.</translation>
    </message>
    <message>
        <source>Fade a layer out along a line: seen on one side, gone on the other.</source>
        <translation>Eine Ebene entlang einer Linie ausblenden: auf der einen Seite zu sehen, auf der anderen fort.</translation>
    </message>
    <message>
        <source>Cut a layer to an ellipse, a rectangle, a polygon or a star, or cut that hole into it.</source>
        <translation>Eine Ebene zu Ellipse, Rechteck, Vieleck oder Stern schneiden, oder dieses Loch in sie.</translation>
    </message>
    <message>
        <source>Cut a layer out along straight cuts, as with scissors, to an uneven polygon.</source>
        <translation>Eine Ebene mit geraden Schnitten wie mit der Schere zu einem ungleichen Vieleck ausschneiden.</translation>
    </message>
    <message>
        <source>See a layer only where broad brush strokes lay it down, dry towards their ends.</source>
        <translation>Eine Ebene nur sehen, wo breite Pinselstriche sie auftragen, zum Ende hin trocken.</translation>
    </message>
    <message>
        <source>Crop a layer to a format: a square, a print, a wide screen or a strip.</source>
        <translation>Eine Ebene auf ein Format beschneiden: Quadrat, Abzug, Breitbild oder Streifen.</translation>
    </message>
    <message>
        <source>Leave parallel stripes of a layer.</source>
        <translation>Parallele Streifen einer Ebene übrig lassen.</translation>
    </message>
    <message>
        <source>Tear a layer&apos;s border off along an uneven line.</source>
        <translation>Den Rand einer Ebene entlang einer unregelmäßigen Linie abreißen.</translation>
    </message>
    <message>
        <source>See a layer only in patches, as through drifting clouds.</source>
        <translation>Eine Ebene nur in Flecken sehen, wie durch ziehende Wolken.</translation>
    </message>
    <message>
        <source>See only a layer&apos;s bright parts, or only its dark ones.</source>
        <translation>Nur die hellen oder nur die dunklen Teile einer Ebene sehen.</translation>
    </message>
    <message>
        <source>Hide what was seen of a layer, and show what was hidden by its masks so far.</source>
        <translation>Verbergen, was von einer Ebene zu sehen war, und zeigen, was ihre Masken bisher verbargen.</translation>
    </message>
    <message>
        <source>Soften the edge of what is seen of a layer, fading inwards.</source>
        <translation>Den Rand dessen, was man von einer Ebene sieht, nach innen weich auslaufen lassen.</translation>
    </message>
    <message>
        <source>Shrink what is seen of a layer all round; the canvas&apos;s border counts as an edge too.</source>
        <translation>Verkleinern, was man von einer Ebene sieht, ringsum; auch der Leinwandrand zählt als Rand.</translation>
    </message>
    <message>
        <source>Let a layer&apos;s masks cut away less, all round.</source>
        <translation>Die Masken einer Ebene ringsum weniger wegschneiden lassen.</translation>
    </message>
    <message>
        <source>See only what comes near one colour, or all but that.</source>
        <translation>Nur sehen, was einer Farbe nahekommt, oder alles außer ihr.</translation>
    </message>
    <message>
        <source>See a layer only where what lies below it is bright, dark, or neither.</source>
        <translation>Eine Ebene nur sehen, wo das darunter hell, dunkel oder keins von beiden ist.</translation>
    </message>
    <message>
        <source>See a layer through another one: within its shape, or as far as it is light.</source>
        <translation>Eine Ebene durch eine andere sehen: in deren Form, oder so weit diese hell ist.</translation>
    </message>
    <message>
        <source>Cut the picture&apos;s subject out of its background.</source>
        <translation>Das Motiv des Bildes aus seinem Hintergrund schneiden.</translation>
    </message>
    <message>
        <source>Let a picture fade out the less it stands out, as a memory does.</source>
        <translation>Ein Bild verblassen lassen, je weniger es auffällt, wie eine Erinnerung.</translation>
    </message>
    <message>
        <source>Lay a soft shadow under a cut-out layer.</source>
        <translation>Einen weichen Schatten unter eine ausgeschnittene Ebene legen.</translation>
    </message>
    <message>
        <source>Leave a border of one colour around a cut-out layer, as on a sticker or cut paper.</source>
        <translation>Um eine ausgeschnittene Ebene einen Rand in einer Farbe lassen, wie an Aufklebern oder Schnittpapier.</translation>
    </message>
    <message>
        <source>Let a cut-out layer glow in one colour.</source>
        <translation>Eine ausgeschnittene Ebene in einer Farbe leuchten lassen.</translation>
    </message>
    <message>
        <source>Let light of one colour come in along the inside of a cut-out layer&apos;s edge.</source>
        <translation>Licht einer Farbe am Rand einer ausgeschnittenen Ebene nach innen fallen lassen.</translation>
    </message>
    <message>
        <source>Darken a layer along the inside of its edge, as if it lay in a window.</source>
        <translation>Eine Ebene an der Innenseite ihres Randes abdunkeln, als läge sie in einem Fenster.</translation>
    </message>
    <message>
        <source>Set which tone becomes black and which white, and bend the tones between.</source>
        <translation>Festlegen, welcher Ton schwarz und welcher weiß wird, und die Töne dazwischen biegen.</translation>
    </message>
    <message>
        <source>Stretch the tones that are there over the whole range.</source>
        <translation>Die vorhandenen Töne über den ganzen Umfang spreizen.</translation>
    </message>
    <message>
        <source>Steepen the middle tones and round off both ends (or, below 0, flatten them).</source>
        <translation>Die Mitten steiler machen und beide Enden abrunden (oder, unter 0, sie abflachen).</translation>
    </message>
    <message>
        <source>Bend the tones through five points of a smooth curve.</source>
        <translation>Die Töne durch fünf Punkte einer glatten Kurve biegen.</translation>
    </message>
    <message>
        <source>Brighten or darken as a longer or shorter exposure would, rolling off the highlights.</source>
        <translation>Aufhellen oder abdunkeln wie eine längere oder kürzere Belichtung, mit sanft auslaufenden Lichtern.</translation>
    </message>
    <message>
        <source>Bend all tones; black and white stay.</source>
        <translation>Alle Töne biegen; Schwarz und Weiß bleiben.</translation>
    </message>
    <message>
        <source>Spread the tones away from the middle grey, or draw them towards it.</source>
        <translation>Die Töne vom mittleren Grau weg spreizen oder zu ihm hin ziehen.</translation>
    </message>
    <message>
        <source>Leave a few steps of tone in each channel.</source>
        <translation>In jedem Kanal wenige Tonstufen übrig lassen.</translation>
    </message>
    <message>
        <source>Split the picture into black and white at a level of luma, mixed with the original.</source>
        <translation>Das Bild an einer Luma-Schwelle in Schwarz und Weiß teilen, gemischt mit dem Original.</translation>
    </message>
    <message>
        <source>Turn the tones above a level over, as a second exposure in the darkroom does.</source>
        <translation>Die Töne über einer Schwelle umkehren, wie eine zweite Belichtung in der Dunkelkammer.</translation>
    </message>
    <message>
        <source>Turn all tones over, as a negative.</source>
        <translation>Alle Töne umkehren, wie ein Negativ.</translation>
    </message>
    <message>
        <source>Bring out middle-sized detail without halos at strong edges (&quot;clarity&quot;).</source>
        <translation>Mittelgroße Details ohne Säume an starken Kanten hervorholen („Klarheit“).</translation>
    </message>
    <message>
        <source>Even out the tones region by region, which brings out detail in flat light.</source>
        <translation>Die Töne Bereich für Bereich ausgleichen; das holt in flachem Licht Details hervor.</translation>
    </message>
    <message>
        <source>Lighten or darken the dark and the bright regions apart.</source>
        <translation>Die dunklen und die hellen Bereiche getrennt aufhellen oder abdunkeln.</translation>
    </message>
    <message>
        <source>Turn all hues by an angle and keep lightness and chroma.</source>
        <translation>Alle Farbtöne um einen Winkel drehen, Helligkeit und Buntheit behalten.</translation>
    </message>
    <message>
        <source>Strengthen or weaken all colours.</source>
        <translation>Alle Farben kräftiger oder schwächer machen.</translation>
    </message>
    <message>
        <source>Lighten or darken and keep hue and chroma; black and white stay.</source>
        <translation>Aufhellen oder abdunkeln, Farbton und Buntheit behalten; Schwarz und Weiß bleiben.</translation>
    </message>
    <message>
        <source>Strengthen pale colours more than strong ones (or, below 0, weaken them).</source>
        <translation>Blasse Farben stärker kräftigen als kräftige (oder, unter 0, schwächen).</translation>
    </message>
    <message>
        <source>Make the light warmer or cooler, greener or more magenta.</source>
        <translation>Das Licht wärmer oder kühler machen, grüner oder mehr magenta.</translation>
    </message>
    <message>
        <source>Exchange red, green and blue.</source>
        <translation>Rot, Grün und Blau vertauschen.</translation>
    </message>
    <message>
        <source>Take the colour away, seen through a colour filter as in black and white film.</source>
        <translation>Die Farbe wegnehmen, durch einen Farbfilter gesehen wie im Schwarzweißfilm.</translation>
    </message>
    <message>
        <source>Give everything one hue and keep the lightness.</source>
        <translation>Allem einen Farbton geben und die Helligkeit behalten.</translation>
    </message>
    <message>
        <source>Bend the channels apart, as film developed in the wrong chemicals does.</source>
        <translation>Die Kanäle auseinanderbiegen, wie Film aus der falschen Chemie.</translation>
    </message>
    <message>
        <source>Fade as an old print does: lifted blacks, dulled whites, warm or cool cast.</source>
        <translation>Verblassen wie ein alter Abzug: angehobenes Schwarz, mattes Weiß, warmer oder kühler Stich.</translation>
    </message>
    <message>
        <source>Let each of red, green and blue take in some of the other two; greys stay grey.</source>
        <translation>Rot, Grün und Blau je etwas von den anderen beiden aufnehmen lassen; Grau bleibt grau.</translation>
    </message>
    <message>
        <source>Shift the shadows, the middle tones and the lights each towards a colour.</source>
        <translation>Tiefen, Mitten und Lichter je zu einer Farbe hin verschieben.</translation>
    </message>
    <message>
        <source>Give the picture the colours of another source: their mean and their spread.</source>
        <translation>Dem Bild die Farben einer anderen Quelle geben: ihren Mittelwert und ihre Streuung.</translation>
    </message>
    <message>
        <source>Give every tone its colour on a ramp from a dark through a middle to a light colour.</source>
        <translation>Jedem Ton seine Farbe geben, auf einem Verlauf von Dunkel über die Mitte zu Hell.</translation>
    </message>
    <message>
        <source>Print in two inks: a dark one for the shadows on a paper of the light one.</source>
        <translation>Mit zwei Farben drucken: eine dunkle für die Tiefen auf einem Papier der hellen.</translation>
    </message>
    <message>
        <source>Tint the shadows with one hue and the lights with another, and keep the lightness.</source>
        <translation>Tiefen mit einem Farbton tönen und Lichter mit einem anderen, die Helligkeit behalten.</translation>
    </message>
    <message>
        <source>Draw all hues towards one hue and its opposite, so that the colours go together.</source>
        <translation>Alle Farbtöne zu einem Farbton und seinem Gegenüber ziehen, sodass die Farben zusammenpassen.</translation>
    </message>
    <message>
        <source>Paint with only a few colours, chosen from the picture&apos;s own.</source>
        <translation>Mit nur wenigen Farben malen, aus den eigenen des Bildes gewählt.</translation>
    </message>
    <message>
        <source>Blur with a Gaussian kernel.</source>
        <translation>Mit einer Gaußkurve weichzeichnen.</translation>
    </message>
    <message>
        <source>Blur with a square, which leaves soft steps where a Gaussian leaves none.</source>
        <translation>Mit einem Quadrat weichzeichnen; das lässt weiche Stufen, wo eine Gaußkurve keine lässt.</translation>
    </message>
    <message>
        <source>Smooth small detail away and keep the outlines of what is larger.</source>
        <translation>Kleine Details glätten und die Umrisse größerer behalten.</translation>
    </message>
    <message>
        <source>Blur among pixels of like brightness, so that edges stay: flat, painted areas.</source>
        <translation>Unter Pixeln ähnlicher Helligkeit weichzeichnen, sodass Kanten bleiben: flache, gemalte Flächen.</translation>
    </message>
    <message>
        <source>Blur along a line, as a moving camera does.</source>
        <translation>Entlang einer Linie verwischen, wie eine bewegte Kamera.</translation>
    </message>
    <message>
        <source>Blur towards a point, as a lens zoomed during the exposure does.</source>
        <translation>Auf einen Punkt zu verwischen, wie ein während der Belichtung gezoomtes Objektiv.</translation>
    </message>
    <message>
        <source>Blur around a point, as a turning camera does.</source>
        <translation>Um einen Punkt verwischen, wie eine gedrehte Kamera.</translation>
    </message>
    <message>
        <source>Blur as a lens out of focus does: lights swell to discs.</source>
        <translation>Weichzeichnen wie ein unscharf gestelltes Objektiv: Lichter schwellen zu Scheiben.</translation>
    </message>
    <message>
        <source>Sharpen: what a blur takes away is added again.</source>
        <translation>Schärfen: was ein Weichzeichner wegnimmt, kommt noch einmal dazu.</translation>
    </message>
    <message>
        <source>Leave only detail finer than a radius, on grey, for use with overlay and soft light.</source>
        <translation>Nur Details übrig lassen, die feiner als ein Radius sind, auf Grau, zum Überlagern oder für weiches Licht.</translation>
    </message>
    <message>
        <source>Let bright places shine over their surroundings.</source>
        <translation>Helle Stellen über ihre Umgebung strahlen lassen.</translation>
    </message>
    <message>
        <source>Smooth surfaces and keep the edges.</source>
        <translation>Flächen glätten und die Kanten behalten.</translation>
    </message>
    <message>
        <source>Keep a band sharp and blur what lies away from it, as a tilted lens does.</source>
        <translation>Einen Streifen scharf halten und weichzeichnen, was davon entfernt liegt, wie ein geneigtes Objektiv.</translation>
    </message>
    <message>
        <source>Stir the picture around a point.</source>
        <translation>Das Bild um einen Punkt verrühren.</translation>
    </message>
    <message>
        <source>Bend the picture in rings, as a stone in water does.</source>
        <translation>Das Bild in Ringen biegen, wie ein Stein im Wasser.</translation>
    </message>
    <message>
        <source>Bend the picture in parallel waves.</source>
        <translation>Das Bild in parallelen Wellen biegen.</translation>
    </message>
    <message>
        <source>Swell the picture around a point, or pinch it (below 0).</source>
        <translation>Das Bild um einen Punkt aufblähen oder zusammenziehen (unter 0).</translation>
    </message>
    <message>
        <source>Bend straight lines outwards (above 0, barrel) or inwards (pincushion).</source>
        <translation>Gerade Linien nach außen (über 0, Tonne) oder nach innen (Kissen) biegen.</translation>
    </message>
    <message>
        <source>Roll the picture up around its middle: a little planet, or (outwards) a tunnel.</source>
        <translation>Das Bild um seine Mitte aufrollen: ein kleiner Planet oder (nach außen) ein Tunnel.</translation>
    </message>
    <message>
        <source>Unroll the picture: what lies around its middle comes to lie side by side.</source>
        <translation>Das Bild entrollen: was um seine Mitte liegt, kommt nebeneinander zu liegen.</translation>
    </message>
    <message>
        <source>Lay the picture on a net of squares and push the net&apos;s knots about.</source>
        <translation>Das Bild auf ein Netz aus Quadraten legen und dessen Knoten verschieben.</translation>
    </message>
    <message>
        <source>Displace the picture by the relief of another layer&apos;s light.</source>
        <translation>Das Bild nach dem Relief des Lichts einer anderen Ebene versetzen.</translation>
    </message>
    <message>
        <source>Drape a layer over the relief of what lies below it, as a print on crumpled cloth.</source>
        <translation>Eine Ebene über das Relief dessen drapieren, was darunter liegt, wie ein Druck auf zerknittertem Stoff.</translation>
    </message>
    <message>
        <source>Let the picture run along a smooth random current.</source>
        <translation>Das Bild eine glatte, zufällige Strömung entlanglaufen lassen.</translation>
    </message>
    <message>
        <source>See the picture through uneven glass.</source>
        <translation>Das Bild durch unebenes Glas sehen.</translation>
    </message>
    <message>
        <source>Tilt a layer away, so that it is seen in perspective.</source>
        <translation>Eine Ebene nach hinten kippen, sodass man sie in Perspektive sieht.</translation>
    </message>
    <message>
        <source>Lay film grain over the picture, strongest in the middle tones.</source>
        <translation>Filmkorn über das Bild legen, am stärksten in den Mitten.</translation>
    </message>
    <message>
        <source>Let clouds of one colour drift over the picture.</source>
        <translation>Wolken einer Farbe über das Bild ziehen lassen.</translation>
    </message>
    <message>
        <source>Print the picture on rough paper lit from one side.</source>
        <translation>Das Bild auf rauem, seitlich beleuchtetem Papier drucken.</translation>
    </message>
    <message>
        <source>Print the picture with a screen of dots that grow with the ink.</source>
        <translation>Das Bild mit einem Raster aus Punkten drucken, die mit der Farbe wachsen.</translation>
    </message>
    <message>
        <source>Darken every other line, as on an old screen.</source>
        <translation>Jede zweite Zeile abdunkeln, wie auf einem alten Bildschirm.</translation>
    </message>
    <message>
        <source>Darken the corners, or lighten them (below 0).</source>
        <translation>Die Ecken abdunkeln oder aufhellen (unter 0).</translation>
    </message>
    <message>
        <source>Let coloured light fall in from one side, as through a leak in a camera.</source>
        <translation>Farbiges Licht von einer Seite einfallen lassen, wie durch ein Leck in der Kamera.</translation>
    </message>
    <message>
        <source>Scratch and wear the picture in one direction.</source>
        <translation>Das Bild in einer Richtung zerkratzen und abnutzen.</translation>
    </message>
    <message>
        <source>Strew specks of dust and a few hairs over the picture, as on an old slide.</source>
        <translation>Staubkörner und ein paar Haare über das Bild streuen, wie auf einem alten Dia.</translation>
    </message>
    <message>
        <source>Weave the picture as cloth.</source>
        <translation>Das Bild als Stoff weben.</translation>
    </message>
    <message>
        <source>Even out surfaces into flat patches with crisp edges, as in gouache.</source>
        <translation>Flächen zu flachen Flecken mit klaren Kanten glätten, wie in Gouache.</translation>
    </message>
    <message>
        <source>Paint the picture in oil: strokes along its edges, with furrows that catch the light.</source>
        <translation>Das Bild in Öl malen: Striche entlang seiner Kanten, mit Furchen, in denen sich das Licht fängt.</translation>
    </message>
    <message>
        <source>Draw the edges in ink over the picture, or on plain paper.</source>
        <translation>Die Kanten in Tusche über das Bild oder auf leeres Papier zeichnen.</translation>
    </message>
    <message>
        <source>Make the edges glow in their own colours on a dark ground.</source>
        <translation>Die Kanten in ihren eigenen Farben auf dunklem Grund leuchten lassen.</translation>
    </message>
    <message>
        <source>Press the picture into relief, lit from one side.</source>
        <translation>Das Bild zu einem Relief prägen, von einer Seite beleuchtet.</translation>
    </message>
    <message>
        <source>Lay the picture in large square pixels.</source>
        <translation>Das Bild aus großen quadratischen Pixeln legen.</translation>
    </message>
    <message>
        <source>Lay the picture in irregular stones of one colour each, with joints between them.</source>
        <translation>Das Bild aus unregelmäßigen Steinen je einer Farbe legen, mit Fugen dazwischen.</translation>
    </message>
    <message>
        <source>Draw the picture with hatching that crosses where it is dark.</source>
        <translation>Das Bild mit Schraffuren zeichnen, die sich kreuzen, wo es dunkel ist.</translation>
    </message>
    <message>
        <source>Draw the picture in pencil: contours, and strokes where it is dark.</source>
        <translation>Das Bild mit Bleistift zeichnen: Konturen, und Striche, wo es dunkel ist.</translation>
    </message>
    <message>
        <source>Paint the picture in dots of pure colour that mix in the eye.</source>
        <translation>Das Bild aus Punkten reiner Farbe malen, die sich im Auge mischen.</translation>
    </message>
    <message>
        <source>Draw the picture in ink dots, larger where it is dark.</source>
        <translation>Das Bild aus Tuschepunkten zeichnen, größer, wo es dunkel ist.</translation>
    </message>
    <message>
        <source>Lay the picture in triangles of one colour each, with corners on its edges.</source>
        <translation>Das Bild aus Dreiecken je einer Farbe legen, mit Ecken auf seinen Kanten.</translation>
    </message>
    <message>
        <source>Set the picture in panes of coloured glass between strips of lead.</source>
        <translation>Das Bild aus Scheiben farbigen Glases zwischen Bleiruten setzen.</translation>
    </message>
    <message>
        <source>Shift red and blue apart, as in a misprint.</source>
        <translation>Rot und Blau auseinanderschieben, wie im Fehldruck.</translation>
    </message>
    <message>
        <source>Let red and blue come out at slightly different sizes, as a cheap lens does.</source>
        <translation>Rot und Blau etwas verschieden groß abbilden, wie ein billiges Objektiv.</translation>
    </message>
    <message>
        <source>Shift bands of the picture sideways, as a tape out of step does.</source>
        <translation>Streifen des Bildes seitlich verschieben, wie ein Band außer Takt.</translation>
    </message>
    <message>
        <source>Let blocks of the picture show other places, as a damaged video does.</source>
        <translation>Blöcke des Bildes andere Stellen zeigen lassen, wie ein beschädigtes Video.</translation>
    </message>
    <message>
        <source>Sort runs of pixels by brightness, so that they trickle along rows or columns.</source>
        <translation>Läufe von Pixeln nach Helligkeit sortieren, sodass sie Zeilen oder Spalten entlangrieseln.</translation>
    </message>
    <message>
        <source>Show the picture in large pixels of few colours, dithered, as old computers did.</source>
        <translation>Das Bild in großen Pixeln weniger Farben zeigen, gerastert wie auf alten Computern.</translation>
    </message>
    <message>
        <source>Wobble lines and smear colour sideways, as a worn video tape does.</source>
        <translation>Zeilen wackeln und Farbe seitlich verschmieren lassen, wie ein abgenutztes Videoband.</translation>
    </message>
    <message>
        <source>Save the picture over and over as a bad JPEG, until it falls into blocks.</source>
        <translation>Das Bild immer wieder als schlechtes JPEG speichern, bis es in Blöcke zerfällt.</translation>
    </message>
    <message>
        <source>See the picture through a slit that wanders over it: stretched, squeezed and doubled.</source>
        <translation>Das Bild durch einen Schlitz sehen, der darüber wandert: gedehnt, gestaucht und verdoppelt.</translation>
    </message>
    <message>
        <source>Drag the picture out from a line on, so that what lies on the line runs to the edge.</source>
        <translation>Das Bild von einer Linie an ausziehen, sodass bis zum Rand läuft, was auf der Linie liegt.</translation>
    </message>
    <message>
        <source>Join the outlines of one picture with the tones and textures of another.</source>
        <translation>Die Umrisse eines Bildes mit den Tönen und Texturen eines anderen verbinden.</translation>
    </message>
    <message>
        <source>Strengthen detail of about one size, or take it out (below 0).</source>
        <translation>Details etwa einer Größe verstärken oder herausnehmen (unter 0).</translation>
    </message>
    <message>
        <source>Blend a layer into what lies below it along a line: coarse forms widely, fine ones sharply.</source>
        <translation>Eine Ebene entlang einer Linie in das darunter übergehen lassen: grobe Formen weit, feine scharf.</translation>
    </message>
    <message>
        <source>Set an oval of a layer into what lies below so that its colours run into the surroundings.</source>
        <translation>Ein Oval einer Ebene so in das darunter einsetzen, dass seine Farben in die Umgebung laufen.</translation>
    </message>
    <message>
        <source>the picture that is laid down</source>
        <translation>das Bild, das aufgelegt wird</translation>
    </message>
    <message>
        <source>id of the new layer</source>
        <translation>Kennung der neuen Ebene</translation>
    </message>
    <message>
        <source>whether it covers the canvas or fits into it, before it is scaled</source>
        <translation>ob es die Leinwand ausfüllt oder hineinpasst, bevor es skaliert wird</translation>
    </message>
    <message>
        <source>what that size is multiplied by</source>
        <translation>womit diese Größe multipliziert wird</translation>
    </message>
    <message>
        <source>right of the canvas&apos;s middle</source>
        <translation>rechts von der Mitte der Leinwand</translation>
    </message>
    <message>
        <source>below the canvas&apos;s middle</source>
        <translation>unter der Mitte der Leinwand</translation>
    </message>
    <message>
        <source>turn about its middle, clockwise</source>
        <translation>Drehung um seine Mitte, im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>whether left and right are exchanged</source>
        <translation>ob links und rechts vertauscht werden</translation>
    </message>
    <message>
        <source>id of the copy</source>
        <translation>Kennung der Kopie</translation>
    </message>
    <message>
        <source>how far right of the original</source>
        <translation>wie weit rechts vom Original</translation>
    </message>
    <message>
        <source>how far below the original</source>
        <translation>wie weit unter dem Original</translation>
    </message>
    <message>
        <source>how many places up, below 0 down</source>
        <translation>wie viele Plätze nach oben, unter 0 nach unten</translation>
    </message>
    <message>
        <source>how far to the right</source>
        <translation>wie weit nach rechts</translation>
    </message>
    <message>
        <source>how far down</source>
        <translation>wie weit nach unten</translation>
    </message>
    <message>
        <source>what its size is multiplied by</source>
        <translation>womit ihre Größe multipliziert wird</translation>
    </message>
    <message>
        <source>how far it is turned, clockwise</source>
        <translation>wie weit sie gedreht wird, im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>horizontal exchanges left and right, vertical above and below</source>
        <translation>waagerecht vertauscht links und rechts, senkrecht oben und unten</translation>
    </message>
    <message>
        <source>its size, 1 that of the canvas</source>
        <translation>ihre Größe, 1 die der Leinwand</translation>
    </message>
    <message>
        <source>how much of it is seen</source>
        <translation>wie viel davon zu sehen ist</translation>
    </message>
    <message>
        <source>on top, under the top layer, or below all layers as a ground</source>
        <translation>ganz oben, unter der obersten Ebene oder als Grund unter allen Ebenen</translation>
    </message>
    <message>
        <source>colour of the sheet</source>
        <translation>Farbe der Fläche</translation>
    </message>
    <message>
        <source>how much of it is seen; a ground is opaque</source>
        <translation>wie viel davon zu sehen ist; ein Grund ist deckend</translation>
    </message>
    <message>
        <source>colour at the beginning</source>
        <translation>Farbe am Anfang</translation>
    </message>
    <message>
        <source>colour at the end</source>
        <translation>Farbe am Ende</translation>
    </message>
    <message>
        <source>which way the colour goes, 0 to the right, 90 down</source>
        <translation>wohin die Farbe läuft, 0 nach rechts, 90 nach unten</translation>
    </message>
    <message>
        <source>blend mode of the sheet; a ground has none</source>
        <translation>Mischmodus der Fläche; ein Grund hat keinen</translation>
    </message>
    <message>
        <source>what it does to what lies beneath</source>
        <translation>was sie mit dem macht, was darunter liegt</translation>
    </message>
    <message>
        <source>how far it goes</source>
        <translation>wie weit sie geht</translation>
    </message>
    <message>
        <source>how the changed picture joins the one beneath</source>
        <translation>wie sich das geänderte Bild mit dem darunter verbindet</translation>
    </message>
    <message>
        <source>how many copies</source>
        <translation>wie viele Kopien</translation>
    </message>
    <message>
        <source>radius of the ring, to the middles of the copies</source>
        <translation>Radius des Rings, bis zur Mitte der Kopien</translation>
    </message>
    <message>
        <source>side of a square as large as a copy</source>
        <translation>Seite eines Quadrats, so groß wie eine Kopie</translation>
    </message>
    <message>
        <source>where the first copy lies, clockwise from the top</source>
        <translation>wo die erste Kopie liegt, im Uhrzeigersinn von oben</translation>
    </message>
    <message>
        <source>whether copies stay upright or turn with the ring</source>
        <translation>ob Kopien aufrecht bleiben oder sich mit dem Ring drehen</translation>
    </message>
    <message>
        <source>how much sizes differ, as a share of the size</source>
        <translation>wie sehr sich Größen unterscheiden, als Anteil der Größe</translation>
    </message>
    <message>
        <source>which random sizes</source>
        <translation>welche zufälligen Größen</translation>
    </message>
    <message>
        <source>how many rows; columns follow from the canvas</source>
        <translation>wie viele Zeilen; die Spalten folgen aus der Leinwand</translation>
    </message>
    <message>
        <source>size of a copy, 1 as large as its cell</source>
        <translation>Größe einer Kopie, 1 so groß wie ihr Feld</translation>
    </message>
    <message>
        <source>how far copies may turn either way</source>
        <translation>wie weit sich Kopien in jede Richtung drehen dürfen</translation>
    </message>
    <message>
        <source>which random sizes and turns</source>
        <translation>welche zufälligen Größen und Drehungen</translation>
    </message>
    <message>
        <source>from the middle to the outermost copy</source>
        <translation>von der Mitte bis zur äußersten Kopie</translation>
    </message>
    <message>
        <source>side of a square as large as the outermost copy</source>
        <translation>Seite eines Quadrats, so groß wie die äußerste Kopie</translation>
    </message>
    <message>
        <source>how much smaller copies get towards the middle</source>
        <translation>wie viel kleiner Kopien zur Mitte hin werden</translation>
    </message>
    <message>
        <source>turn of the whole spiral, clockwise</source>
        <translation>Drehung der ganzen Spirale, im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>sunflower puts each copy a golden angle further on, arm along one arm</source>
        <translation>Sonnenblume setzt jede Kopie einen goldenen Winkel weiter, Spiralarm entlang eines Arms</translation>
    </message>
    <message>
        <source>whether copies stay upright or turn with the spiral</source>
        <translation>ob Kopien aufrecht bleiben oder sich mit der Spirale drehen</translation>
    </message>
    <message>
        <source>which random places, sizes and turns</source>
        <translation>welche zufälligen Orte, Größen und Drehungen</translation>
    </message>
    <message>
        <source>ratio of one copy&apos;s size to that of the one before</source>
        <translation>Verhältnis der Größe einer Kopie zu der davor</translation>
    </message>
    <message>
        <source>how far each copy turns on from the one before</source>
        <translation>wie weit sich jede Kopie gegen die davor weiterdreht</translation>
    </message>
    <message>
        <source>how far right each copy lies in the one before</source>
        <translation>wie weit rechts jede Kopie in der davor liegt</translation>
    </message>
    <message>
        <source>how far down each copy lies in the one before</source>
        <translation>wie weit unten jede Kopie in der davor liegt</translation>
    </message>
    <message>
        <source>side of a square as large as a tile</source>
        <translation>Seite eines Quadrats, so groß wie eine Kachel</translation>
    </message>
    <message>
        <source>turn of the whole pattern</source>
        <translation>Drehung des ganzen Musters</translation>
    </message>
    <message>
        <source>how far each row is pushed on, in tiles</source>
        <translation>wie weit jede Zeile weitergeschoben ist, in Kacheln</translation>
    </message>
    <message>
        <source>every other tile is turned over, so that no seams show</source>
        <translation>jede zweite Kachel ist gespiegelt, sodass keine Nähte zu sehen sind</translation>
    </message>
    <message>
        <source>which way the reflected half lies, 0 to the right, 90 down</source>
        <translation>wo die gespiegelte Hälfte liegt, 0 rechts, 90 unten</translation>
    </message>
    <message>
        <source>whether the mirror stands along the nearest of the canvas&apos;s axes</source>
        <translation>ob der Spiegel entlang der nächsten Achse der Leinwand steht</translation>
    </message>
    <message>
        <source>offset of the mirror from the middle of what is seen</source>
        <translation>Abstand des Spiegels von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>how many pairs of mirrored wedges make the circle</source>
        <translation>wie viele Paare gespiegelter Keile den Kreis bilden</translation>
    </message>
    <message>
        <source>which wedge of the picture it is</source>
        <translation>welcher Keil des Bildes es ist</translation>
    </message>
    <message>
        <source>where the wedge&apos;s tip lies, right of the middle of what is seen</source>
        <translation>wo die Spitze des Keils liegt, rechts von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>where the wedge&apos;s tip lies, below the middle of what is seen</source>
        <translation>wo die Spitze des Keils liegt, unter der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>how large the wedge is seen</source>
        <translation>wie groß der Keil zu sehen ist</translation>
    </message>
    <message>
        <source>how many copies, the picture with them</source>
        <translation>wie viele Kopien, das Bild eingeschlossen</translation>
    </message>
    <message>
        <source>which of the tones stay</source>
        <translation>welche der Töne bleiben</translation>
    </message>
    <message>
        <source>how much of it, 0 none, 1 full</source>
        <translation>wie viel davon, 0 nichts, 1 voll</translation>
    </message>
    <message>
        <source>how much smaller it comes back inside out, and by as much again as it was</source>
        <translation>wie viel kleiner es innen wiederkehrt, und um ebenso viel noch einmal</translation>
    </message>
    <message>
        <source>how many arms the spiral has; 0 gives rings</source>
        <translation>wie viele Arme die Spirale hat; 0 ergibt Ringe</translation>
    </message>
    <message>
        <source>turn of the whole</source>
        <translation>Drehung des Ganzen</translation>
    </message>
    <message>
        <source>right of the middle of what is seen</source>
        <translation>rechts von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>below the middle of what is seen</source>
        <translation>unter der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>width of a strip</source>
        <translation>Breite eines Streifens</translation>
    </message>
    <message>
        <source>which way the strips run, 0 across, 90 upright</source>
        <translation>wie die Streifen laufen, 0 waagerecht, 90 senkrecht</translation>
    </message>
    <message>
        <source>how far they are pushed at most</source>
        <translation>wie weit sie höchstens verschoben werden</translation>
    </message>
    <message>
        <source>whether strips are pushed by chance, to alternate sides, or in a wave</source>
        <translation>ob Streifen zufällig, abwechselnd oder in einer Welle verschoben werden</translation>
    </message>
    <message>
        <source>which random pushes, or where the wave begins</source>
        <translation>welche zufälligen Verschiebungen, oder wo die Welle beginnt</translation>
    </message>
    <message>
        <source>width of a ring</source>
        <translation>Breite eines Rings</translation>
    </message>
    <message>
        <source>how far rings are turned</source>
        <translation>wie weit Ringe gedreht werden</translation>
    </message>
    <message>
        <source>whether rings turn by chance, every other one, or each further than the last</source>
        <translation>ob Ringe sich zufällig drehen, jeder zweite oder jeder weiter als der letzte</translation>
    </message>
    <message>
        <source>which random turns</source>
        <translation>welche zufälligen Drehungen</translation>
    </message>
    <message>
        <source>side of a square</source>
        <translation>Seite eines Quadrats</translation>
    </message>
    <message>
        <source>how far off what it shows may lie</source>
        <translation>wie weit danebenliegen darf, was sie zeigt</translation>
    </message>
    <message>
        <source>how far what it shows may be turned</source>
        <translation>wie weit sich drehen darf, was es zeigt</translation>
    </message>
    <message>
        <source>which random shifts and turns</source>
        <translation>welche zufälligen Verschiebungen und Drehungen</translation>
    </message>
    <message>
        <source>about as wide as a shard</source>
        <translation>etwa so breit wie eine Scherbe</translation>
    </message>
    <message>
        <source>how much lighter or darker shards and their edges are</source>
        <translation>wie viel heller oder dunkler Scherben und ihre Kanten sind</translation>
    </message>
    <message>
        <source>which random shards</source>
        <translation>welche zufälligen Scherben</translation>
    </message>
    <message>
        <source>about how many</source>
        <translation>etwa wie viele</translation>
    </message>
    <message>
        <source>how far they lie apart</source>
        <translation>wie weit sie auseinanderliegen</translation>
    </message>
    <message>
        <source>how far a piece may turn either way</source>
        <translation>wie weit sich ein Stück in jede Richtung drehen darf</translation>
    </message>
    <message>
        <source>width of the bare paper along a tear</source>
        <translation>Breite des bloßen Papiers entlang eines Risses</translation>
    </message>
    <message>
        <source>how dark the shadows are</source>
        <translation>wie dunkel die Schatten sind</translation>
    </message>
    <message>
        <source>which random tears</source>
        <translation>welche zufälligen Risse</translation>
    </message>
    <message>
        <source>the formula; normal is what a new layer has</source>
        <translation>die Formel; Normal ist, was eine neue Ebene hat</translation>
    </message>
    <message>
        <source>how much of the layer is seen; 1 is what a new layer has</source>
        <translation>wie viel von der Ebene zu sehen ist; 1 hat eine neue Ebene</translation>
    </message>
    <message>
        <source>whether it is seen; a new layer is</source>
        <translation>ob sie zu sehen ist; eine neue Ebene ist es</translation>
    </message>
    <message>
        <source>shallow punches through the layer just below, deep through all but the lowest</source>
        <translation>flach stanzt durch die Ebene direkt darunter, tief durch alle bis auf die unterste</translation>
    </message>
    <message>
        <source>towards what stays seen, 0 to the right, 90 down</source>
        <translation>zu dem hin, was zu sehen bleibt, 0 nach rechts, 90 nach unten</translation>
    </message>
    <message>
        <source>offset of the middle of the fade from the layer&apos;s middle</source>
        <translation>Abstand der Mitte des Übergangs von der Mitte der Ebene</translation>
    </message>
    <message>
        <source>width of the fade</source>
        <translation>Breite der Überblendung</translation>
    </message>
    <message>
        <source>what it is cut to</source>
        <translation>worauf zugeschnitten wird</translation>
    </message>
    <message>
        <source>size of the shape, 1 as large as fits the layer&apos;s visible box</source>
        <translation>Größe der Form, 1 so groß, wie in den sichtbaren Rahmen der Ebene passt</translation>
    </message>
    <message>
        <source>width over height of an ellipse or rectangle</source>
        <translation>Breite durch Höhe einer Ellipse oder eines Rechtecks</translation>
    </message>
    <message>
        <source>place across the room that is left, -1 to 1 of the layer&apos;s visible box</source>
        <translation>Ort quer im übrigen Raum, -1 bis 1 des sichtbaren Rahmens der Ebene</translation>
    </message>
    <message>
        <source>place down the room that is left, -1 to 1 of the layer&apos;s visible box</source>
        <translation>Ort längs im übrigen Raum, -1 bis 1 des sichtbaren Rahmens der Ebene</translation>
    </message>
    <message>
        <source>turn of the shape</source>
        <translation>Drehung der Form</translation>
    </message>
    <message>
        <source>corners of the polygon or star</source>
        <translation>Ecken des Vielecks oder Zacken des Sterns</translation>
    </message>
    <message>
        <source>width of the edge</source>
        <translation>Breite der Kante</translation>
    </message>
    <message>
        <source>whether the shape is what is cut away</source>
        <translation>ob die Form das ist, was weggeschnitten wird</translation>
    </message>
    <message>
        <source>how many corners</source>
        <translation>wie viele Ecken</translation>
    </message>
    <message>
        <source>size of the polygon, 1 as large as the layer&apos;s visible box</source>
        <translation>Größe des Vielecks, 1 so groß wie der sichtbare Rahmen der Ebene</translation>
    </message>
    <message>
        <source>how much corners stray from the regular polygon</source>
        <translation>wie sehr Ecken vom regelmäßigen Vieleck abweichen</translation>
    </message>
    <message>
        <source>turn of the polygon</source>
        <translation>Drehung des Vielecks</translation>
    </message>
    <message>
        <source>which random corners</source>
        <translation>welche zufälligen Ecken</translation>
    </message>
    <message>
        <source>width of a stroke</source>
        <translation>Breite eines Strichs</translation>
    </message>
    <message>
        <source>how much of the layer&apos;s box the strokes take</source>
        <translation>wie viel vom Rahmen der Ebene die Striche einnehmen</translation>
    </message>
    <message>
        <source>how early the bristles part</source>
        <translation>wie früh sich die Borsten teilen</translation>
    </message>
    <message>
        <source>which way the strokes run</source>
        <translation>wie die Striche laufen</translation>
    </message>
    <message>
        <source>which random strokes</source>
        <translation>welche zufälligen Striche</translation>
    </message>
    <message>
        <source>width to height of the crop</source>
        <translation>Breite zu Höhe des Ausschnitts</translation>
    </message>
    <message>
        <source>size of the crop, 1 as large as fits the layer&apos;s visible box</source>
        <translation>Größe des Ausschnitts, 1 so groß, wie in den sichtbaren Rahmen der Ebene passt</translation>
    </message>
    <message>
        <source>place across the room that is left, -1 to 1</source>
        <translation>Ort quer im übrigen Raum, -1 bis 1</translation>
    </message>
    <message>
        <source>place down the room that is left, -1 to 1</source>
        <translation>Ort längs im übrigen Raum, -1 bis 1</translation>
    </message>
    <message>
        <source>distance from one stripe to the next</source>
        <translation>Abstand von einem Streifen zum nächsten</translation>
    </message>
    <message>
        <source>across the stripes, 0 to the right, 90 down</source>
        <translation>quer zu den Streifen, 0 nach rechts, 90 nach unten</translation>
    </message>
    <message>
        <source>how much of each period is seen</source>
        <translation>wie viel von jeder Periode zu sehen ist</translation>
    </message>
    <message>
        <source>width of the passages, as a share of the period</source>
        <translation>Breite der Übergänge, als Anteil der Periode</translation>
    </message>
    <message>
        <source>how much is torn off at least</source>
        <translation>wie viel mindestens abgerissen wird</translation>
    </message>
    <message>
        <source>how far the tear strays</source>
        <translation>wie weit der Riss abschweift</translation>
    </message>
    <message>
        <source>size of the tear&apos;s largest bends</source>
        <translation>Größe der größten Bögen des Risses</translation>
    </message>
    <message>
        <source>which random tear</source>
        <translation>welcher zufällige Riss</translation>
    </message>
    <message>
        <source>size of the patches</source>
        <translation>Größe der Flecken</translation>
    </message>
    <message>
        <source>how much is hidden, in standard deviations of the noise</source>
        <translation>wie viel verborgen ist, in Standardabweichungen des Rauschens</translation>
    </message>
    <message>
        <source>softness of the patches&apos; edges, in standard deviations of the noise</source>
        <translation>Weichheit der Fleckenränder, in Standardabweichungen des Rauschens</translation>
    </message>
    <message>
        <source>which random clouds</source>
        <translation>welche zufälligen Wolken</translation>
    </message>
    <message>
        <source>which parts stay</source>
        <translation>welche Teile bleiben</translation>
    </message>
    <message>
        <source>share of the layer&apos;s own pixels that lie below the cut</source>
        <translation>Anteil der eigenen Pixel der Ebene, die unter dem Schnitt liegen</translation>
    </message>
    <message>
        <source>standard deviation of the blur</source>
        <translation>Standardabweichung der Unschärfe</translation>
    </message>
    <message>
        <source>how far the edge moves in</source>
        <translation>wie weit der Rand nach innen rückt</translation>
    </message>
    <message>
        <source>how far the edge moves out</source>
        <translation>wie weit der Rand nach außen rückt</translation>
    </message>
    <message>
        <source>hue of the colour, in Oklch</source>
        <translation>Farbton der Farbe, in Oklch</translation>
    </message>
    <message>
        <source>what is near the colour, or what is far from it</source>
        <translation>was der Farbe nah oder was ihr fern ist</translation>
    </message>
    <message>
        <source>how much of the layer is kept, whatever its colours</source>
        <translation>wie viel der Ebene bleibt, welche Farben sie auch hat</translation>
    </message>
    <message>
        <source>width of the passage, as a distance in Oklab</source>
        <translation>Breite des Übergangs, als Abstand in Oklab</translation>
    </message>
    <message>
        <source>where below the layer is seen</source>
        <translation>wo unter der Ebene sie zu sehen ist</translation>
    </message>
    <message>
        <source>share of what lies below, within the layer, that is cut off</source>
        <translation>Anteil dessen, was innerhalb der Ebene darunter liegt, der abgeschnitten wird</translation>
    </message>
    <message>
        <source>width of the passage</source>
        <translation>Breite des Übergangs</translation>
    </message>
    <message>
        <source>the layer that says what is seen</source>
        <translation>die Ebene, die sagt, was zu sehen ist</translation>
    </message>
    <message>
        <source>whether its light or its shape counts</source>
        <translation>ob ihr Licht oder ihre Form zählt</translation>
    </message>
    <message>
        <source>what lies inside, or what lies outside</source>
        <translation>was innen oder was außen liegt</translation>
    </message>
    <message>
        <source>about how much the subject takes, where in doubt</source>
        <translation>etwa wie viel das Motiv einnimmt, im Zweifel</translation>
    </message>
    <message>
        <source>standard deviation of the cut&apos;s edge in a copy 256 px long</source>
        <translation>Standardabweichung der Schnittkante in einer 256 px langen Kopie</translation>
    </message>
    <message>
        <source>the subject, or what is round it</source>
        <translation>das Motiv oder was darum herum ist</translation>
    </message>
    <message>
        <source>about how much of the picture stays whole</source>
        <translation>etwa wie viel des Bildes ganz bleibt</translation>
    </message>
    <message>
        <source>how slowly the rest fades</source>
        <translation>wie langsam der Rest verblasst</translation>
    </message>
    <message>
        <source>how far the shadow falls</source>
        <translation>wie weit der Schatten fällt</translation>
    </message>
    <message>
        <source>which way it falls, 0 to the right, 90 down</source>
        <translation>wohin er fällt, 0 nach rechts, 90 nach unten</translation>
    </message>
    <message>
        <source>standard deviation of its blur</source>
        <translation>Standardabweichung seiner Unschärfe</translation>
    </message>
    <message>
        <source>how dark it is</source>
        <translation>wie dunkel er ist</translation>
    </message>
    <message>
        <source>width of the border</source>
        <translation>Breite des Randes</translation>
    </message>
    <message>
        <source>colour of the border</source>
        <translation>Farbe des Randes</translation>
    </message>
    <message>
        <source>standard deviation of the glow&apos;s blur</source>
        <translation>Standardabweichung der Unschärfe des Scheins</translation>
    </message>
    <message>
        <source>colour of the light</source>
        <translation>Farbe des Lichts</translation>
    </message>
    <message>
        <source>how strong the light is</source>
        <translation>wie stark das Licht ist</translation>
    </message>
    <message>
        <source>how dark the edge is</source>
        <translation>wie dunkel der Rand ist</translation>
    </message>
    <message>
        <source>the tone that becomes black</source>
        <translation>der Ton, der schwarz wird</translation>
    </message>
    <message>
        <source>the tone that becomes white</source>
        <translation>der Ton, der weiß wird</translation>
    </message>
    <message>
        <source>bend of the tones between, above 1 brightens</source>
        <translation>Biegung der Töne dazwischen, über 1 hellt auf</translation>
    </message>
    <message>
        <source>share of pixels that may become black, and as many white</source>
        <translation>Anteil der Pixel, die schwarz werden dürfen, und ebenso viele weiß</translation>
    </message>
    <message>
        <source>whether red, green and blue are stretched apart</source>
        <translation>ob Rot, Grün und Blau einzeln gespreizt werden</translation>
    </message>
    <message>
        <source>how steep, 0 none, below 0 flatter</source>
        <translation>wie steil, 0 gar nicht, unter 0 flacher</translation>
    </message>
    <message>
        <source>the tone that stays</source>
        <translation>der Ton, der bleibt</translation>
    </message>
    <message>
        <source>how far black is lifted</source>
        <translation>wie weit Schwarz angehoben wird</translation>
    </message>
    <message>
        <source>how far the quarter tones are lifted, below 0 sunk</source>
        <translation>wie weit die Vierteltöne angehoben werden, unter 0 gesenkt</translation>
    </message>
    <message>
        <source>how far the middle tones are lifted, below 0 sunk</source>
        <translation>wie weit die Mitten angehoben werden, unter 0 gesenkt</translation>
    </message>
    <message>
        <source>how far the three-quarter tones are lifted, below 0 sunk</source>
        <translation>wie weit die Dreivierteltöne angehoben werden, unter 0 gesenkt</translation>
    </message>
    <message>
        <source>how far white is sunk, below 0</source>
        <translation>wie weit Weiß gesenkt wird, unter 0</translation>
    </message>
    <message>
        <source>doublings of the light</source>
        <translation>Verdopplungen des Lichts</translation>
    </message>
    <message>
        <source>above 1 brightens, below 1 darkens</source>
        <translation>über 1 hellt auf, unter 1 dunkelt ab</translation>
    </message>
    <message>
        <source>what their distance to middle grey is multiplied by</source>
        <translation>womit ihr Abstand zum mittleren Grau multipliziert wird</translation>
    </message>
    <message>
        <source>how many tones a channel keeps</source>
        <translation>wie viele Töne ein Kanal behält</translation>
    </message>
    <message>
        <source>width of the passage from step to step, as a share of a step</source>
        <translation>Breite des Übergangs von Stufe zu Stufe, als Anteil einer Stufe</translation>
    </message>
    <message>
        <source>share of the layer&apos;s own pixels that become black</source>
        <translation>Anteil der eigenen Pixel der Ebene, die schwarz werden</translation>
    </message>
    <message>
        <source>the tone from which tones are turned over</source>
        <translation>der Ton, ab dem Töne umgekehrt werden</translation>
    </message>
    <message>
        <source>over how many tones it turns, half of them on either side of the level</source>
        <translation>über wie viele Töne es kippt, je zur Hälfte beiderseits der Schwelle</translation>
    </message>
    <message>
        <source>whether only the lightness is turned over</source>
        <translation>ob nur die Helligkeit umgekehrt wird</translation>
    </message>
    <message>
        <source>radius of the surroundings</source>
        <translation>Radius der Umgebung</translation>
    </message>
    <message>
        <source>how much the difference to the surroundings grows</source>
        <translation>wie sehr der Unterschied zur Umgebung zunimmt</translation>
    </message>
    <message>
        <source>side of a region</source>
        <translation>Seite eines Bereichs</translation>
    </message>
    <message>
        <source>how much a tone may be spread, against an even spread</source>
        <translation>wie sehr ein Ton gespreizt werden darf, gegenüber gleichmäßiger Spreizung</translation>
    </message>
    <message>
        <source>how far dark regions are lifted, below 0 sunk</source>
        <translation>wie weit dunkle Bereiche angehoben werden, unter 0 gesenkt</translation>
    </message>
    <message>
        <source>how far bright regions are lifted, below 0 sunk</source>
        <translation>wie weit helle Bereiche angehoben werden, unter 0 gesenkt</translation>
    </message>
    <message>
        <source>how far hues turn, from red towards yellow</source>
        <translation>wie weit sich Farbtöne drehen, von Rot nach Gelb</translation>
    </message>
    <message>
        <source>what chroma is multiplied by</source>
        <translation>womit die Buntheit multipliziert wird</translation>
    </message>
    <message>
        <source>halvings of the power, above 0 lighter</source>
        <translation>Halbierungen der Potenz, über 0 heller</translation>
    </message>
    <message>
        <source>how much the palest colours gain</source>
        <translation>wie viel die blassesten Farben gewinnen</translation>
    </message>
    <message>
        <source>red over blue, above 0 warmer</source>
        <translation>Rot gegen Blau, über 0 wärmer</translation>
    </message>
    <message>
        <source>red and blue over green, above 0 more magenta</source>
        <translation>Rot und Blau gegen Grün, über 0 mehr Magenta</translation>
    </message>
    <message>
        <source>where the new red, green and blue come from</source>
        <translation>woher das neue Rot, Grün und Blau kommen</translation>
    </message>
    <message>
        <source>hue of the filter in front of the lens: its own colour comes out light</source>
        <translation>Farbton des Filters vor dem Objektiv: seine eigene Farbe wird hell</translation>
    </message>
    <message>
        <source>how dense the filter is</source>
        <translation>wie dicht der Filter ist</translation>
    </message>
    <message>
        <source>the hue, in Oklch</source>
        <translation>der Farbton, in Oklch</translation>
    </message>
    <message>
        <source>chroma of the middle tones, in Oklch</source>
        <translation>Buntheit der Mitten, in Oklch</translation>
    </message>
    <message>
        <source>above 0 yellow-green lights over blue shadows, below 0 cyan over red</source>
        <translation>über 0 gelbgrüne Lichter über blauen Tiefen, unter 0 Cyan über Rot</translation>
    </message>
    <message>
        <source>above 0 warm whites, below 0 cool ones</source>
        <translation>über 0 warmes Weiß, unter 0 kühles</translation>
    </message>
    <message>
        <source>how much of green goes into red in place of red itself</source>
        <translation>wie viel Grün statt des Rots selbst ins Rot geht</translation>
    </message>
    <message>
        <source>how much of blue goes into red in place of red itself</source>
        <translation>wie viel Blau statt des Rots selbst ins Rot geht</translation>
    </message>
    <message>
        <source>how much of red goes into green in place of green itself</source>
        <translation>wie viel Rot statt des Grüns selbst ins Grün geht</translation>
    </message>
    <message>
        <source>how much of blue goes into green in place of green itself</source>
        <translation>wie viel Blau statt des Grüns selbst ins Grün geht</translation>
    </message>
    <message>
        <source>how much of red goes into blue in place of blue itself</source>
        <translation>wie viel Rot statt des Blaus selbst ins Blau geht</translation>
    </message>
    <message>
        <source>how much of green goes into blue in place of blue itself</source>
        <translation>wie viel Grün statt des Blaus selbst ins Blau geht</translation>
    </message>
    <message>
        <source>shadows from cyan (below 0) to red</source>
        <translation>Tiefen von Cyan (unter 0) zu Rot</translation>
    </message>
    <message>
        <source>shadows from magenta (below 0) to green</source>
        <translation>Tiefen von Magenta (unter 0) zu Grün</translation>
    </message>
    <message>
        <source>shadows from yellow (below 0) to blue</source>
        <translation>Tiefen von Gelb (unter 0) zu Blau</translation>
    </message>
    <message>
        <source>middle tones from cyan (below 0) to red</source>
        <translation>Mitten von Cyan (unter 0) zu Rot</translation>
    </message>
    <message>
        <source>middle tones from magenta (below 0) to green</source>
        <translation>Mitten von Magenta (unter 0) zu Grün</translation>
    </message>
    <message>
        <source>middle tones from yellow (below 0) to blue</source>
        <translation>Mitten von Gelb (unter 0) zu Blau</translation>
    </message>
    <message>
        <source>lights from cyan (below 0) to red</source>
        <translation>Lichter von Cyan (unter 0) zu Rot</translation>
    </message>
    <message>
        <source>lights from magenta (below 0) to green</source>
        <translation>Lichter von Magenta (unter 0) zu Grün</translation>
    </message>
    <message>
        <source>lights from yellow (below 0) to blue</source>
        <translation>Lichter von Gelb (unter 0) zu Blau</translation>
    </message>
    <message>
        <source>the picture whose colours are taken</source>
        <translation>das Bild, dessen Farben genommen werden</translation>
    </message>
    <message>
        <source>how much the lightness follows too</source>
        <translation>wie sehr auch die Helligkeit folgt</translation>
    </message>
    <message>
        <source>colour of black</source>
        <translation>Farbe von Schwarz</translation>
    </message>
    <message>
        <source>colour of the middle tones</source>
        <translation>Farbe der Mitten</translation>
    </message>
    <message>
        <source>colour of white</source>
        <translation>Farbe von Weiß</translation>
    </message>
    <message>
        <source>whether the ramp is turned over, as in a negative</source>
        <translation>ob der Verlauf umgekehrt wird, wie im Negativ</translation>
    </message>
    <message>
        <source>colour of the shadows</source>
        <translation>Farbe der Tiefen</translation>
    </message>
    <message>
        <source>colour of the lights</source>
        <translation>Farbe der Lichter</translation>
    </message>
    <message>
        <source>how much the tones are steepened first</source>
        <translation>wie viel steiler die Töne zuerst werden</translation>
    </message>
    <message>
        <source>hue of the shadows, in Oklch</source>
        <translation>Farbton der Tiefen, in Oklch</translation>
    </message>
    <message>
        <source>hue of the lights, in Oklch</source>
        <translation>Farbton der Lichter, in Oklch</translation>
    </message>
    <message>
        <source>above 0 the lights&apos; tint reaches further down</source>
        <translation>über 0 reicht die Tönung der Lichter weiter hinab</translation>
    </message>
    <message>
        <source>chroma of the tints, in Oklch</source>
        <translation>Buntheit der Tönungen, in Oklch</translation>
    </message>
    <message>
        <source>the one hue, in Oklch</source>
        <translation>der eine Farbton, in Oklch</translation>
    </message>
    <message>
        <source>0 none, 1 leaves only the two hues</source>
        <translation>0 nichts, 1 lässt nur die beiden Farbtöne</translation>
    </message>
    <message>
        <source>how many colours</source>
        <translation>wie viele Farben</translation>
    </message>
    <message>
        <source>0 gives hard patches, 1 blends neighbouring colours</source>
        <translation>0 ergibt harte Flecken, 1 mischt benachbarte Farben</translation>
    </message>
    <message>
        <source>how much chroma grows</source>
        <translation>wie sehr die Buntheit zunimmt</translation>
    </message>
    <message>
        <source>half of the square&apos;s side</source>
        <translation>halbe Seite des Quadrats</translation>
    </message>
    <message>
        <source>radius of the surroundings, whose median each pixel takes</source>
        <translation>Radius der Umgebung, deren Median jedes Pixel annimmt</translation>
    </message>
    <message>
        <source>how unlike a neighbour may be, a standard deviation</source>
        <translation>wie verschieden ein Nachbar sein darf, eine Standardabweichung</translation>
    </message>
    <message>
        <source>how long the line is</source>
        <translation>wie lang die Linie ist</translation>
    </message>
    <message>
        <source>which way the line runs, 0 across, 90 upright</source>
        <translation>wie die Linie läuft, 0 waagerecht, 90 senkrecht</translation>
    </message>
    <message>
        <source>the largest over the smallest scale</source>
        <translation>der größte Maßstab durch den kleinsten</translation>
    </message>
    <message>
        <source>place of the point, right of the middle of what is seen</source>
        <translation>Ort des Punktes, rechts von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>place of the point, below the middle of what is seen</source>
        <translation>Ort des Punktes, unter der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>how far the whole turn goes</source>
        <translation>wie weit die ganze Drehung geht</translation>
    </message>
    <message>
        <source>radius of the discs</source>
        <translation>Radius der Scheiben</translation>
    </message>
    <message>
        <source>how much more bright places weigh</source>
        <translation>wie viel mehr helle Stellen wiegen</translation>
    </message>
    <message>
        <source>how much of it is added, 0 none</source>
        <translation>wie viel davon dazukommt, 0 nichts</translation>
    </message>
    <message>
        <source>standard deviation of the blur that is taken away</source>
        <translation>Standardabweichung der Unschärfe, die abgezogen wird</translation>
    </message>
    <message>
        <source>how much the detail grows</source>
        <translation>wie sehr Details zunehmen</translation>
    </message>
    <message>
        <source>0 keeps the picture, 1 leaves only the detail</source>
        <translation>0 behält das Bild, 1 lässt nur die Details übrig</translation>
    </message>
    <message>
        <source>standard deviation of the shine</source>
        <translation>Standardabweichung des Scheins</translation>
    </message>
    <message>
        <source>luma from which places shine, the brightest is 1</source>
        <translation>Luma, ab der Stellen strahlen; das Hellste ist 1</translation>
    </message>
    <message>
        <source>how bright the shine is, 0 none</source>
        <translation>wie hell der Schein ist, 0 keiner</translation>
    </message>
    <message>
        <source>the contrast from which something is an edge</source>
        <translation>der Kontrast, ab dem etwas eine Kante ist</translation>
    </message>
    <message>
        <source>largest standard deviation of the blur</source>
        <translation>größte Standardabweichung der Unschärfe</translation>
    </message>
    <message>
        <source>which way the band runs, 0 across</source>
        <translation>wie der Streifen läuft, 0 waagerecht</translation>
    </message>
    <message>
        <source>offset of the band from the middle of what is seen</source>
        <translation>Abstand des Streifens von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>width of the sharp band</source>
        <translation>Breite des scharfen Streifens</translation>
    </message>
    <message>
        <source>turn in the middle, clockwise, falling to nothing at the radius</source>
        <translation>Drehung in der Mitte, im Uhrzeigersinn, am Radius auf null fallend</translation>
    </message>
    <message>
        <source>how far it reaches</source>
        <translation>wie weit es reicht</translation>
    </message>
    <message>
        <source>how far places move</source>
        <translation>wie weit sich Stellen bewegen</translation>
    </message>
    <message>
        <source>distance from ring to ring</source>
        <translation>Abstand von Ring zu Ring</translation>
    </message>
    <message>
        <source>phase of the wave in the middle</source>
        <translation>Phase der Welle in der Mitte</translation>
    </message>
    <message>
        <source>place of the stone, right of the middle of what is seen</source>
        <translation>Ort des Steins, rechts von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>place of the stone, below the middle of what is seen</source>
        <translation>Ort des Steins, unter der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>how far places move, across the waves&apos; way</source>
        <translation>wie weit sich Stellen bewegen, quer zum Lauf der Wellen</translation>
    </message>
    <message>
        <source>distance from wave to wave</source>
        <translation>Abstand von Welle zu Welle</translation>
    </message>
    <message>
        <source>which way the waves run, 0 across, 90 upright</source>
        <translation>wie die Wellen laufen, 0 waagerecht, 90 senkrecht</translation>
    </message>
    <message>
        <source>how much it swells, below 0 is pinched</source>
        <translation>wie sehr es anschwillt, unter 0 zusammengezogen wird</translation>
    </message>
    <message>
        <source>how much lines bend at the corners</source>
        <translation>wie sehr sich Linien an den Ecken biegen</translation>
    </message>
    <message>
        <source>where the seam of the roll lies</source>
        <translation>wo die Naht der Rolle liegt</translation>
    </message>
    <message>
        <source>how large the planet is</source>
        <translation>wie groß der Planet ist</translation>
    </message>
    <message>
        <source>whether the lower edge lies outside, as in a tunnel</source>
        <translation>ob der untere Rand außen liegt, wie im Tunnel</translation>
    </message>
    <message>
        <source>where it is cut open</source>
        <translation>wo es aufgeschnitten wird</translation>
    </message>
    <message>
        <source>how much of the way to the edge is unrolled</source>
        <translation>wie viel vom Weg zum Rand entrollt wird</translation>
    </message>
    <message>
        <source>whether its middle comes to lie along the upper edge</source>
        <translation>ob seine Mitte am oberen Rand zu liegen kommt</translation>
    </message>
    <message>
        <source>how far knots move, as a share of a square</source>
        <translation>wie weit Knoten rücken, als Anteil eines Quadrats</translation>
    </message>
    <message>
        <source>which random pushes</source>
        <translation>welche zufälligen Stöße</translation>
    </message>
    <message>
        <source>the layer whose light is the relief</source>
        <translation>die Ebene, deren Licht das Relief ist</translation>
    </message>
    <message>
        <source>how far a slope from black to white moves it</source>
        <translation>wie weit eine Schräge von Schwarz nach Weiß es versetzt</translation>
    </message>
    <message>
        <source>how coarse the relief is</source>
        <translation>wie grob das Relief ist</translation>
    </message>
    <message>
        <source>how far places move, a standard deviation</source>
        <translation>wie weit sich Stellen bewegen, eine Standardabweichung</translation>
    </message>
    <message>
        <source>size of the eddies</source>
        <translation>Größe der Wirbel</translation>
    </message>
    <message>
        <source>which random current</source>
        <translation>welche zufällige Strömung</translation>
    </message>
    <message>
        <source>size of the glass&apos;s grains</source>
        <translation>Größe der Körnung des Glases</translation>
    </message>
    <message>
        <source>how far the grains move places</source>
        <translation>wie weit die Körnung Stellen versetzt</translation>
    </message>
    <message>
        <source>which random grains</source>
        <translation>welche zufällige Körnung</translation>
    </message>
    <message>
        <source>how much smaller its right side becomes, below 0 its left one</source>
        <translation>wie viel kleiner ihre rechte Seite wird, unter 0 ihre linke</translation>
    </message>
    <message>
        <source>how much smaller its lower side becomes, below 0 its upper one</source>
        <translation>wie viel kleiner ihre untere Seite wird, unter 0 ihre obere</translation>
    </message>
    <message>
        <source>size of the grains</source>
        <translation>Größe des Korns</translation>
    </message>
    <message>
        <source>standard deviation of the grain</source>
        <translation>Standardabweichung des Korns</translation>
    </message>
    <message>
        <source>whether each channel has a grain of its own</source>
        <translation>ob jeder Kanal sein eigenes Korn hat</translation>
    </message>
    <message>
        <source>which random grain</source>
        <translation>welches zufällige Korn</translation>
    </message>
    <message>
        <source>size of the largest clouds</source>
        <translation>Größe der größten Wolken</translation>
    </message>
    <message>
        <source>how much of the picture they take</source>
        <translation>wie viel vom Bild sie einnehmen</translation>
    </message>
    <message>
        <source>colour of the clouds</source>
        <translation>Farbe der Wolken</translation>
    </message>
    <message>
        <source>how dense they are</source>
        <translation>wie dicht sie sind</translation>
    </message>
    <message>
        <source>size of the paper&apos;s fibres</source>
        <translation>Größe der Papierfasern</translation>
    </message>
    <message>
        <source>how deep the paper&apos;s relief is</source>
        <translation>wie tief das Relief des Papiers ist</translation>
    </message>
    <message>
        <source>where the light comes from</source>
        <translation>woher das Licht kommt</translation>
    </message>
    <message>
        <source>which random paper</source>
        <translation>welches zufällige Papier</translation>
    </message>
    <message>
        <source>distance from dot to dot</source>
        <translation>Abstand von Punkt zu Punkt</translation>
    </message>
    <message>
        <source>turn of the screen</source>
        <translation>Drehung des Rasters</translation>
    </message>
    <message>
        <source>color screens the channels apart, each at its angle; ink prints one dark ink</source>
        <translation>Farbe rastert die Kanäle einzeln, jeden in seinem Winkel; Druckfarbe druckt eine dunkle Farbe</translation>
    </message>
    <message>
        <source>distance from line to line</source>
        <translation>Abstand von Linie zu Linie</translation>
    </message>
    <message>
        <source>turn of the lines</source>
        <translation>Drehung der Linien</translation>
    </message>
    <message>
        <source>how dark the gaps are, 0 none</source>
        <translation>wie dunkel die Lücken sind, 0 gar nicht</translation>
    </message>
    <message>
        <source>how dark the corners get, below 0 how light</source>
        <translation>wie dunkel die Ecken werden, unter 0 wie hell</translation>
    </message>
    <message>
        <source>where it begins, 1 is the corner</source>
        <translation>wo es beginnt, 1 ist die Ecke</translation>
    </message>
    <message>
        <source>which side the light comes from, 0 right, 90 below</source>
        <translation>von welcher Seite das Licht kommt, 0 rechts, 90 unten</translation>
    </message>
    <message>
        <source>how far in it falls</source>
        <translation>wie weit es hineinfällt</translation>
    </message>
    <message>
        <source>how bright the light is, 0 none</source>
        <translation>wie hell das Licht ist, 0 keines</translation>
    </message>
    <message>
        <source>which random leak</source>
        <translation>welcher zufällige Lichteinfall</translation>
    </message>
    <message>
        <source>width of the scratches</source>
        <translation>Breite der Kratzer</translation>
    </message>
    <message>
        <source>how long they are, in widths</source>
        <translation>wie lang sie sind, in Breiten</translation>
    </message>
    <message>
        <source>whether they run upright, as in a projector</source>
        <translation>ob sie senkrecht laufen, wie im Projektor</translation>
    </message>
    <message>
        <source>which random scratches</source>
        <translation>welche zufälligen Kratzer</translation>
    </message>
    <message>
        <source>about how many specks in a square as wide as the short side</source>
        <translation>etwa wie viele Körner in einem Quadrat so breit wie die kurze Seite</translation>
    </message>
    <message>
        <source>width of the largest specks</source>
        <translation>Breite der größten Körner</translation>
    </message>
    <message>
        <source>whether the specks are dark, where they are seen, instead of light</source>
        <translation>ob die Körner dort, wo man sie sieht, dunkel statt hell sind</translation>
    </message>
    <message>
        <source>which random specks</source>
        <translation>welche zufälligen Körner</translation>
    </message>
    <message>
        <source>distance from thread to thread</source>
        <translation>Abstand von Faden zu Faden</translation>
    </message>
    <message>
        <source>how deep the cloth&apos;s relief is</source>
        <translation>wie tief das Relief des Stoffs ist</translation>
    </message>
    <message>
        <source>which random bends of the threads</source>
        <translation>welche zufälligen Biegungen der Fäden</translation>
    </message>
    <message>
        <source>radius of the strokes</source>
        <translation>Radius der Striche</translation>
    </message>
    <message>
        <source>how strictly the calmest surroundings win</source>
        <translation>wie streng die ruhigste Umgebung gewinnt</translation>
    </message>
    <message>
        <source>half the width of the middle of three brushes</source>
        <translation>halbe Breite des mittleren von drei Pinseln</translation>
    </message>
    <message>
        <source>how deep the furrows look</source>
        <translation>wie tief die Furchen wirken</translation>
    </message>
    <message>
        <source>width of the lines</source>
        <translation>Breite der Linien</translation>
    </message>
    <message>
        <source>how soon an edge gets a line</source>
        <translation>wie bald eine Kante eine Linie bekommt</translation>
    </message>
    <message>
        <source>colour of the lines</source>
        <translation>Farbe der Linien</translation>
    </message>
    <message>
        <source>0 keeps the picture, 1 leaves only the drawing</source>
        <translation>0 behält das Bild, 1 lässt nur die Zeichnung</translation>
    </message>
    <message>
        <source>width of the edges</source>
        <translation>Breite der Kanten</translation>
    </message>
    <message>
        <source>how bright the edges are</source>
        <translation>wie hell die Kanten sind</translation>
    </message>
    <message>
        <source>how much of the picture is left in the dark</source>
        <translation>wie viel vom Bild im Dunkeln bleibt</translation>
    </message>
    <message>
        <source>how far apart the tones it compares lie</source>
        <translation>wie weit die verglichenen Töne auseinanderliegen</translation>
    </message>
    <message>
        <source>how strong the relief is, 0 none</source>
        <translation>wie stark das Relief ist, 0 keines</translation>
    </message>
    <message>
        <source>how much of the picture&apos;s colour is left</source>
        <translation>wie viel von der Farbe des Bildes bleibt</translation>
    </message>
    <message>
        <source>side of a pixel</source>
        <translation>Seite eines Pixels</translation>
    </message>
    <message>
        <source>about as wide as a stone</source>
        <translation>etwa so breit wie ein Stein</translation>
    </message>
    <message>
        <source>width of the joints, as a share of a stone</source>
        <translation>Breite der Fugen, als Anteil eines Steins</translation>
    </message>
    <message>
        <source>colour of the joints</source>
        <translation>Farbe der Fugen</translation>
    </message>
    <message>
        <source>whether the picture shines through, as through glass</source>
        <translation>ob das Bild durchscheint, wie durch Glas</translation>
    </message>
    <message>
        <source>which random stones</source>
        <translation>welche zufälligen Steine</translation>
    </message>
    <message>
        <source>how much of the picture&apos;s colour is left under the lines</source>
        <translation>wie viel von der Farbe des Bildes unter den Linien bleibt</translation>
    </message>
    <message>
        <source>straight lines, or lines bent by the tones</source>
        <translation>gerade Linien oder Linien, die die Töne biegen</translation>
    </message>
    <message>
        <source>width of the contours</source>
        <translation>Breite der Konturen</translation>
    </message>
    <message>
        <source>how much the strokes darken</source>
        <translation>wie sehr die Striche abdunkeln</translation>
    </message>
    <message>
        <source>how much of the picture&apos;s colour is left, as with coloured pencils</source>
        <translation>wie viel von der Farbe des Bildes bleibt, wie bei Buntstiften</translation>
    </message>
    <message>
        <source>size of the dots</source>
        <translation>Größe der Punkte</translation>
    </message>
    <message>
        <source>how far each dot&apos;s colour strays and how much purer it is</source>
        <translation>wie weit die Farbe jedes Punktes abweicht und wie viel reiner sie ist</translation>
    </message>
    <message>
        <source>which random dots</source>
        <translation>welche zufälligen Punkte</translation>
    </message>
    <message>
        <source>colour of the dots</source>
        <translation>Farbe der Punkte</translation>
    </message>
    <message>
        <source>colour of the paper</source>
        <translation>Farbe des Papiers</translation>
    </message>
    <message>
        <source>how much of the picture is left under the dots</source>
        <translation>wie viel vom Bild unter den Punkten bleibt</translation>
    </message>
    <message>
        <source>size of the triangles</source>
        <translation>Größe der Dreiecke</translation>
    </message>
    <message>
        <source>how strictly corners seek edges</source>
        <translation>wie streng Ecken Kanten suchen</translation>
    </message>
    <message>
        <source>how much triangles differ in lightness, as facets do</source>
        <translation>wie sehr sich Dreiecke in der Helligkeit unterscheiden, wie Facetten</translation>
    </message>
    <message>
        <source>which random corners and facets</source>
        <translation>welche zufälligen Ecken und Facetten</translation>
    </message>
    <message>
        <source>about as wide as a pane</source>
        <translation>etwa so breit wie eine Scheibe</translation>
    </message>
    <message>
        <source>width of the strips, as a share of a pane</source>
        <translation>Breite der Bleiruten, als Anteil einer Scheibe</translation>
    </message>
    <message>
        <source>colour of the lead</source>
        <translation>Farbe des Bleis</translation>
    </message>
    <message>
        <source>how pure the glass is</source>
        <translation>wie rein das Glas ist</translation>
    </message>
    <message>
        <source>which random panes</source>
        <translation>welche zufälligen Scheiben</translation>
    </message>
    <message>
        <source>from red to blue</source>
        <translation>von Rot zu Blau</translation>
    </message>
    <message>
        <source>which way red goes, 0 to the right, 90 down</source>
        <translation>wohin Rot geht, 0 nach rechts, 90 nach unten</translation>
    </message>
    <message>
        <source>how much the sizes differ, as a share</source>
        <translation>wie sehr sich die Größen unterscheiden, als Anteil</translation>
    </message>
    <message>
        <source>about as high as a band</source>
        <translation>etwa so hoch wie ein Streifen</translation>
    </message>
    <message>
        <source>how far a band moves at most</source>
        <translation>wie weit sich ein Streifen höchstens verschiebt</translation>
    </message>
    <message>
        <source>how many of the bands move</source>
        <translation>wie viele der Streifen sich verschieben</translation>
    </message>
    <message>
        <source>bands of rows, or of columns</source>
        <translation>Streifen von Zeilen oder von Spalten</translation>
    </message>
    <message>
        <source>which random bands</source>
        <translation>welche zufälligen Streifen</translation>
    </message>
    <message>
        <source>height of a block</source>
        <translation>Höhe eines Blocks</translation>
    </message>
    <message>
        <source>how many of the blocks do</source>
        <translation>wie viele der Blöcke es tun</translation>
    </message>
    <message>
        <source>how far off they look at most</source>
        <translation>wie weit sie höchstens danebenschauen</translation>
    </message>
    <message>
        <source>which random blocks</source>
        <translation>welche zufälligen Blöcke</translation>
    </message>
    <message>
        <source>share of the layer that is too dark to be sorted</source>
        <translation>Anteil der Ebene, der zum Sortieren zu dunkel ist</translation>
    </message>
    <message>
        <source>share of the layer, from there on, that is</source>
        <translation>Anteil der Ebene, der von dort an sortiert wird</translation>
    </message>
    <message>
        <source>length of the longest run</source>
        <translation>Länge des längsten Laufs</translation>
    </message>
    <message>
        <source>along rows, or along columns</source>
        <translation>entlang von Zeilen oder von Spalten</translation>
    </message>
    <message>
        <source>whether tones rise or fall along a run</source>
        <translation>ob Töne entlang eines Laufs steigen oder fallen</translation>
    </message>
    <message>
        <source>which random runs</source>
        <translation>welche zufälligen Läufe</translation>
    </message>
    <message>
        <source>how many levels a channel keeps</source>
        <translation>wie viele Stufen ein Kanal behält</translation>
    </message>
    <message>
        <source>side of the pixels</source>
        <translation>Seite der Pixel</translation>
    </message>
    <message>
        <source>how far lines stray, a standard deviation</source>
        <translation>wie weit Zeilen abweichen, eine Standardabweichung</translation>
    </message>
    <message>
        <source>how far colour runs to the right</source>
        <translation>wie weit Farbe nach rechts läuft</translation>
    </message>
    <message>
        <source>which random wobble</source>
        <translation>welches zufällige Wackeln</translation>
    </message>
    <message>
        <source>side of a block of 8x8 samples</source>
        <translation>Seite eines Blocks aus 8x8 Werten</translation>
    </message>
    <message>
        <source>JPEG quality of each saving</source>
        <translation>JPEG-Qualität jedes Speicherns</translation>
    </message>
    <message>
        <source>how often it is saved</source>
        <translation>wie oft es gespeichert wird</translation>
    </message>
    <message>
        <source>how far the slit strays</source>
        <translation>wie weit der Schlitz abschweift</translation>
    </message>
    <message>
        <source>size of its wanderings</source>
        <translation>Größe seiner Wanderungen</translation>
    </message>
    <message>
        <source>how much later it comes at the other end</source>
        <translation>wie viel später er am anderen Ende kommt</translation>
    </message>
    <message>
        <source>along which the slit wanders: across columns, or down rows</source>
        <translation>woran entlang der Schlitz wandert: über Spalten oder Zeilen hinab</translation>
    </message>
    <message>
        <source>which random wanderings</source>
        <translation>welche zufälligen Wanderungen</translation>
    </message>
    <message>
        <source>offset of the line from the middle of what is seen</source>
        <translation>Abstand der Linie von der Mitte des Sichtbaren</translation>
    </message>
    <message>
        <source>how slowly the dragging begins</source>
        <translation>wie langsam das Ziehen beginnt</translation>
    </message>
    <message>
        <source>which way the picture is dragged</source>
        <translation>wohin das Bild gezogen wird</translation>
    </message>
    <message>
        <source>the other picture</source>
        <translation>das andere Bild</translation>
    </message>
    <message>
        <source>whose phases count; the other picture gives the amplitudes</source>
        <translation>wessen Phasen zählen; das andere Bild gibt die Amplituden</translation>
    </message>
    <message>
        <source>size of the detail</source>
        <translation>Größe der Details</translation>
    </message>
    <message>
        <source>how much the detail grows, -1 takes it out</source>
        <translation>wie sehr Details zunehmen, -1 nimmt sie heraus</translation>
    </message>
    <message>
        <source>towards what stays the layer&apos;s own, 0 to the right, 90 down</source>
        <translation>zu dem hin, was der Ebene eigen bleibt, 0 nach rechts, 90 nach unten</translation>
    </message>
    <message>
        <source>how widely the coarsest forms run into each other</source>
        <translation>wie weit die gröbsten Formen ineinanderlaufen</translation>
    </message>
    <message>
        <source>size of the oval, 1 as large as the layer&apos;s visible box</source>
        <translation>Größe des Ovals, 1 so groß wie der sichtbare Rahmen der Ebene</translation>
    </message>
    <message>
        <source>place across the room that is left in that box</source>
        <translation>Ort quer im übrigen Raum dieses Rahmens</translation>
    </message>
    <message>
        <source>place down the room that is left in that box</source>
        <translation>Ort längs im übrigen Raum dieses Rahmens</translation>
    </message>
    <message>
        <source>how far the colours give way</source>
        <translation>wie weit die Farben nachgeben</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet …</translation>
    </message>
    <message>
        <source>Restoring {name}…</source>
        <translation>{name} wird wiederhergestellt …</translation>
    </message>
    <message>
        <source>{name} is a project again, with its recipe as one branch.</source>
        <translation>{name} ist wieder ein Projekt, mit dem Rezept als Zweig.</translation>
    </message>
    <message>
        <source>{name} is a project again, but some of it can&apos;t be made here:</source>
        <translation>{name} ist wieder ein Projekt, doch einiges davon lässt sich hier nicht machen:</translation>
    </message>
    <message>
        <source>Saving {name}…</source>
        <translation>{name} wird gespeichert …</translation>
    </message>
    <message>
        <source>Saved as {path}. Every change is kept from now on.</source>
        <translation>Gespeichert als {path}. Von jetzt an bleibt jede Änderung erhalten.</translation>
    </message>
</context>
<context>
    <name>Several</name>
    <message>
        <source>{name} holds {n} pictures; the first one is used.</source>
        <translation>{name} enthält {n} Bilder; das erste wird verwendet.</translation>
    </message>
    <message>
        <source>{name} and others hold several pictures; the first ones are used.</source>
        <translation>{name} und andere enthalten mehrere Bilder; die ersten werden verwendet.</translation>
    </message>
    <message>
        <source>Choose others…</source>
        <translation>Andere wählen …</translation>
    </message>
    <message>
        <source>{name} holds one picture only.</source>
        <translation>{name} enthält nur ein Bild.</translation>
    </message>
</context>
<context>
    <name>ShapeField</name>
    <message>
        <source>Width and height of the collages; fixed once there are branches</source>
        <translation>Breite und Höhe der Collagen; sie stehen fest, sobald es Zweige gibt</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadrat</translation>
    </message>
    <message>
        <source>Landscape 4:3</source>
        <translation>Querformat 4:3</translation>
    </message>
    <message>
        <source>Landscape 3:2</source>
        <translation>Querformat 3:2</translation>
    </message>
    <message>
        <source>Wide 16:9</source>
        <translation>Breit 16:9</translation>
    </message>
    <message>
        <source>Panorama 2:1</source>
        <translation>Panorama 2:1</translation>
    </message>
    <message>
        <source>Portrait 3:4</source>
        <translation>Hochformat 3:4</translation>
    </message>
    <message>
        <source>Portrait 2:3</source>
        <translation>Hochformat 2:3</translation>
    </message>
    <message>
        <source>Tall 9:16</source>
        <translation>Schmal 9:16</translation>
    </message>
    <message>
        <source>A4 portrait</source>
        <translation>A4 hoch</translation>
    </message>
    <message>
        <source>A4 landscape</source>
        <translation>A4 quer</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Move through the gallery</source>
        <translation>Durch die Galerie gehen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Leave the large picture</source>
        <translation>Das große Bild verlassen</translation>
    </message>
</context>
<context>
    <name>SourceTools</name>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Add the picture or the files that are on the clipboard</source>
        <translation>Das Bild oder die Dateien aus der Zwischenablage hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Leave out</source>
        <translation>&amp;Weglassen</translation>
    </message>
    <message>
        <source>Make nothing new from the selected sources; what there is stays</source>
        <translation>Aus den gewählten Quellen nichts Neues machen; was es gibt, bleibt</translation>
    </message>
    <message>
        <source>Use &amp;more</source>
        <translation>&amp;Mehr verwenden</translation>
    </message>
    <message>
        <source>Draw the selected sources twice as often</source>
        <translation>Die gewählten Quellen doppelt so oft ziehen</translation>
    </message>
    <message>
        <source>Use n&amp;ormally</source>
        <translation>N&amp;ormal verwenden</translation>
    </message>
    <message>
        <source>Draw the selected sources as often as others</source>
        <translation>Die gewählten Quellen so oft ziehen wie andere</translation>
    </message>
    <message>
        <source>Use l&amp;ess</source>
        <translation>W&amp;eniger verwenden</translation>
    </message>
    <message>
        <source>Draw the selected sources half as often</source>
        <translation>Die gewählten Quellen halb so oft ziehen</translation>
    </message>
    <message>
        <source>Re&amp;place…</source>
        <translation>&amp;Ersetzen …</translation>
    </message>
    <message>
        <source>Use another image from now on in the place of the selected one</source>
        <translation>Von jetzt an ein anderes Bild anstelle des gewählten verwenden</translation>
    </message>
    <message>
        <source>Pictures of the &amp;file…</source>
        <translation>Bilder der &amp;Datei …</translation>
    </message>
    <message>
        <source>Choose among the frames of an animation, or the pages of a document</source>
        <translation>Unter den Bildern einer Animation oder den Seiten eines Dokuments wählen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>E&amp;ntfernen</translation>
    </message>
    <message>
        <source>Take the selected sources out of the project, if nothing needs them</source>
        <translation>Die gewählten Quellen aus dem Projekt nehmen, wenn nichts sie braucht</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Open the folder that the selected source came from</source>
        <translation>Den Ordner öffnen, aus dem die gewählte Quelle kam</translation>
    </message>
    <message>
        <source>Save a &amp;copy…</source>
        <translation>&amp;Kopie speichern …</translation>
    </message>
    <message>
        <source>Write the original file of the selected source to a folder</source>
        <translation>Die Originaldatei der gewählten Quelle in einen Ordner schreiben</translation>
    </message>
    <message>
        <source>F&amp;ind lost images…</source>
        <translation>Verlorene Bilder &amp;suchen …</translation>
    </message>
    <message>
        <source>Look in a folder for images that the project has lost, by what is in them</source>
        <translation>In einem Ordner nach Bildern suchen, die dem Projekt fehlen, anhand ihres Inhalts</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Saved a copy as {path}</source>
        <translation>Kopie gespeichert als {path}</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>SourcesPanel</name>
    <message>
        <source>Source images</source>
        <translation>Quellbilder</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
</context>
<context>
    <name>Sourcing</name>
    <message>
        <source>Reading images…</source>
        <translation>Bilder werden gelesen …</translation>
    </message>
    <message>
        <source>Stop exploring before sources are removed: it may be using them.</source>
        <translation>Erst das Erkunden stoppen, dann Quellen entfernen: es könnte sie gerade verwenden.</translation>
    </message>
    <message numerus="yes">
        <source>{n} sources stay:</source>
        <translation>
            <numerusform>{n} Quelle bleibt:</numerusform>
            <numerusform>{n} Quellen bleiben:</numerusform>
        </translation>
    </message>
    <message>
        <source>All sources are left out: nothing new can be made.</source>
        <translation>Alle Quellen sind weggelassen: Neues kann nicht entstehen.</translation>
    </message>
    <message>
        <source>Looking for lost images…</source>
        <translation>Verlorene Bilder werden gesucht …</translation>
    </message>
    <message>
        <source>still lost: {one}</source>
        <translation>noch verloren: {one}</translation>
    </message>
    <message>
        <source>{path} has the name of a lost one, but it is another picture</source>
        <translation>{path} heißt wie ein verlorenes Bild, ist aber ein anderes</translation>
    </message>
    <message>
        <source>No image is lost.</source>
        <translation>Kein Bild ist verloren.</translation>
    </message>
    <message numerus="yes">
        <source>{n} lost images are back.</source>
        <translation>
            <numerusform>{n} verlorenes Bild ist wieder da.</numerusform>
            <numerusform>{n} verlorene Bilder sind wieder da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} are still lost.</source>
        <translation>
            <numerusform>{n} fehlt noch.</numerusform>
            <numerusform>{n} fehlen noch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Versions to compare</source>
        <translation>Versionen im Vergleich</translation>
    </message>
    <message>
        <source>Version {letter}, {label}, of {n}</source>
        <translation>Version {letter}, {label}, von {n}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Progress of exploring</source>
        <translation>Fortschritt des Erkundens</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Startwert {seed}</translation>
    </message>
    <message>
        <source>{done} of {budget}</source>
        <translation>{done} von {budget}</translation>
    </message>
    <message>
        <source>{rate:.1f}/s</source>
        <translation>{rate:.1f}/s</translation>
    </message>
    <message>
        <source>{n} kept</source>
        <translation>{n} behalten</translation>
    </message>
    <message>
        <source>best {value:.3f}</source>
        <translation>bester {value:.3f}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{state}: {n} tried</source>
        <translation>{state}: {n} versucht</translation>
    </message>
    <message>
        <source>{name} on {device}</source>
        <translation>{name} auf {device}</translation>
    </message>
</context>
<context>
    <name>StepBar</name>
    <message>
        <source>Show the picture as of this step ([ and ])</source>
        <translation>Das Bild nach diesem Schritt zeigen ([ und ])</translation>
    </message>
    <message>
        <source>As of step</source>
        <translation>Nach Schritt</translation>
    </message>
    <message>
        <source>blank canvas</source>
        <translation>leere Leinwand</translation>
    </message>
    <message>
        <source>{n}/{count} {what}</source>
        <translation>{n}/{count} {what}</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>&amp;Presets</source>
        <translation>&amp;Vorlagen</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Steps, layers and parameters of the branch</source>
        <translation>Schritte, Ebenen und Parameter des Zweigs</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Baum</translation>
    </message>
    <message>
        <source>What grew from what; double-click grows from there</source>
        <translation>Was woraus wuchs; ein Doppelklick lässt von dort wachsen</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>What looks alike lies near; who has left the sources behind</source>
        <translation>Was ähnlich aussieht, liegt nah; wer die Quellen hinter sich gelassen hat</translation>
    </message>
    <message>
        <source>Atlas</source>
        <translation>Atlas</translation>
    </message>
    <message>
        <source>The best picture of every kind: how colourful, how busy</source>
        <translation>Das beste Bild jeder Art: wie farbig, wie bewegt</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>How exploring goes: speed, best so far, and what was turned away</source>
        <translation>Wie das Erkunden läuft: Tempo, bisher bestes und was abgelehnt wurde</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Sort the gallery</source>
        <translation>Galerie &amp;sortieren</translation>
    </message>
    <message>
        <source>&amp;Filter the gallery…</source>
        <translation>Galerie &amp;filtern …</translation>
    </message>
    <message>
        <source>Show only some branches: by operation, source or value</source>
        <translation>Nur einige Zweige zeigen: nach Operation, Quelle oder Wert</translation>
    </message>
    <message>
        <source>Stack what &amp;looks alike</source>
        <translation>&amp;Ähnliches stapeln</translation>
    </message>
    <message>
        <source>Lay branches that are variations of one idea on top of each other</source>
        <translation>Zweige, die Variationen einer Idee sind, aufeinanderlegen</translation>
    </message>
    <message>
        <source>&amp;Unfold or fold the stack</source>
        <translation>Stapel auf- oder &amp;zuklappen</translation>
    </message>
    <message>
        <source>Lay all that is in the stack of the chosen branch out, or fold it</source>
        <translation>Alles im Stapel des gewählten Zweigs auslegen oder wieder zusammenlegen</translation>
    </message>
    <message>
        <source>&amp;Take the tour</source>
        <translation>&amp;Rundgang</translation>
    </message>
    <message>
        <source>What there is in the window, in two minutes</source>
        <translation>Was es im Fenster gibt, in zwei Minuten</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End this; nothing of it is kept</source>
        <translation>Dies beenden; nichts davon bleibt</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Begin with pictures</source>
        <translation>Mit Bildern beginnen</translation>
    </message>
    <message>
        <source>What you drop here becomes material for collages: photographs, textures, scans. “Try the samples” in the menu Sources brings some along. A right click on one has it used more, less, or not at all.</source>
        <translation>Was Sie hier ablegen, wird Material für Collagen: Fotos, Texturen, Scans. „Beispiele ausprobieren“ im Menü Quellen bringt einige mit. Mit einem Rechtsklick wird ein Bild öfter, seltener oder gar nicht verwendet.</translation>
    </message>
    <message>
        <source>Let it explore</source>
        <translation>Erkunden lassen</translation>
    </message>
    <message>
        <source>Explore tries hundreds of compositions and keeps the good ones. Noise says how far it strays, temperature how wide it looks. Space begins, pauses and goes on.</source>
        <translation>Erkunden versucht Hunderte von Kompositionen und behält die guten. Rauschen sagt, wie weit es abweicht, Temperatur, wie breit es sucht. Die Leertaste beginnt, hält an und setzt fort.</translation>
    </message>
    <message>
        <source>Look at what was found</source>
        <translation>Ansehen, was gefunden wurde</translation>
    </message>
    <message>
        <source>What is kept appears here while it explores. The arrow keys walk through it, F shows the chosen picture large. What looks alike lies in a stack; S unfolds it.</source>
        <translation>Was behalten wird, erscheint hier schon während des Erkundens. Die Pfeiltasten führen hindurch, F zeigt das gewählte Bild groß. Was ähnlich aussieht, liegt in einem Stapel; S klappt ihn auf.</translation>
    </message>
    <message>
        <source>Pin and kill</source>
        <translation>Anheften und verwerfen</translation>
    </message>
    <message>
        <source>P pins what you love: it stays and is grown further. K kills what leads nowhere. Nothing is ever lost: Ctrl+Z takes back every decision, and U resets one.</source>
        <translation>P heftet an, was Ihnen gefällt: es bleibt und wächst weiter. K verwirft, was nirgends hinführt. Verloren geht nie etwas: Strg+Z nimmt jede Entscheidung zurück, U setzt eine zurück.</translation>
    </message>
    <message>
        <source>Teach your taste</source>
        <translation>Den Geschmack lehren</translation>
    </message>
    <message>
        <source>C compares two to four versions side by side. Q asks which of two you like better; each answer teaches your taste, which soon joins the judges.</source>
        <translation>C vergleicht zwei bis vier Versionen nebeneinander. Q fragt, welche von zweien Ihnen besser gefällt; jede Antwort lehrt Ihren Geschmack, der bald in der Jury sitzt.</translation>
    </message>
    <message>
        <source>Take it with you</source>
        <translation>Mitnehmen</translation>
    </message>
    <message>
        <source>E exports pictures in any size, with layers if you like, and with the recipe inside: an exported file opens as a project again. This tour is in the menu Help.</source>
        <translation>E exportiert Bilder in jeder Größe, auf Wunsch mit Ebenen, und immer mit dem Rezept darin: eine exportierte Datei öffnet sich wieder als Projekt. Diesen Rundgang gibt es im Menü Hilfe.</translation>
    </message>
    <message>
        <source>Skip the tour</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>TreeTools</name>
    <message>
        <source>&amp;Grow from here</source>
        <translation>&amp;Von hier aus wachsen</translation>
    </message>
    <message>
        <source>Explore, but grow only the chosen branches and what comes of them</source>
        <translation>Erkunden, aber nur die gewählten Zweige und was aus ihnen wird wachsen lassen</translation>
    </message>
    <message>
        <source>&amp;Fold the tree here</source>
        <translation>Den Baum hier &amp;einklappen</translation>
    </message>
    <message>
        <source>Fold what grew from the chosen branch away in the tree, or unfold it (Space)</source>
        <translation>Was aus dem gewählten Zweig wuchs, im Baum ein- oder wieder ausklappen (Leertaste)</translation>
    </message>
    <message>
        <source>This run grows only from {names}.</source>
        <translation>Dieser Lauf wächst nur aus {names}.</translation>
    </message>
    <message>
        <source>Grow from everywhere</source>
        <translation>Wieder überall wachsen</translation>
    </message>
</context>
<context>
    <name>TreeView</name>
    <message>
        <source>Tree of branches</source>
        <translation>Baum der Zweige</translation>
    </message>
    <message>
        <source>Show the tree larger (+, or the wheel)</source>
        <translation>Den Baum größer zeigen (+ oder das Mausrad)</translation>
    </message>
    <message>
        <source>Show the tree smaller (-, or the wheel)</source>
        <translation>Den Baum kleiner zeigen (- oder das Mausrad)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Show all of the tree (0)</source>
        <translation>Den ganzen Baum zeigen (0)</translation>
    </message>
    <message>
        <source>What exploring finds grows here as a tree.</source>
        <translation>Was beim Erkunden gefunden wird, wächst hier als Baum.</translation>
    </message>
</context>
<context>
    <name>Voter</name>
    <message>
        <source>vividness</source>
        <translation>Lebendigkeit</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Ordnung</translation>
    </message>
    <message>
        <source>complexity</source>
        <translation>Komplexität</translation>
    </message>
    <message>
        <source>kinship</source>
        <translation>Vorbilder</translation>
    </message>
    <message>
        <source>aesthetic</source>
        <translation>Ästhetik</translation>
    </message>
    <message>
        <source>prompts</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>taste</source>
        <translation>Geschmack</translation>
    </message>
    <message>
        <source>measures</source>
        <translation>Bildmaße</translation>
    </message>
</context>
<context>
    <name>VotersField</name>
    <message>
        <source>Voters</source>
        <translation>Juroren</translation>
    </message>
    <message>
        <source>How much each voter counts; 0 for not at all</source>
        <translation>Wie viel jeder Juror zählt; 0 für gar nicht</translation>
    </message>
    <message>
        <source>{n} changed</source>
        <translation>{n} geändert</translation>
    </message>
    <message>
        <source>All count alike</source>
        <translation>Alle zählen gleich</translation>
    </message>
</context>
<context>
    <name>Votes</name>
    <message>
        <source>Opinions: {words}</source>
        <translation>Meinungen: {words}</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>used more</source>
        <translation>öfter verwendet</translation>
    </message>
    <message>
        <source>used less</source>
        <translation>seltener verwendet</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>weight {weight:g}</source>
        <translation>Gewicht {weight:g}</translation>
    </message>
</context>
<context>
    <name>WeightsDesk</name>
    <message>
        <source>Image measures judge. CLIP sees more, but its weights are not here.</source>
        <translation>Bildmaße urteilen. CLIP sieht mehr, doch seine Gewichte sind nicht hier.</translation>
    </message>
    <message>
        <source>Judge with measures</source>
        <translation>Mit Bildmaßen bewerten</translation>
    </message>
    <message>
        <source>CLIP was asked to judge, and its weights are not on this machine.</source>
        <translation>CLIP sollte urteilen, doch seine Gewichte sind nicht auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Nothing is explored yet.</source>
        <translation>Noch ist nichts erkundet.</translation>
    </message>
    <message>
        <source>Fetching CLIP&apos;s weights…</source>
        <translation>Die Gewichte von CLIP werden geholt …</translation>
    </message>
    <message>
        <source>Get them</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Fetching CLIP&apos;s weights, file {number} of {files}: {name}, {done}…</source>
        <translation>Die Gewichte von CLIP werden geholt, Datei {number} von {files}: {name}, {done} …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>CLIP&apos;s weights are here: the next run can judge with them.</source>
        <translation>Die Gewichte von CLIP sind da: der nächste Lauf kann mit ihnen bewerten.</translation>
    </message>
    <message>
        <source>Stopped; what came of CLIP&apos;s weights is kept.</source>
        <translation>Gestoppt; was von den Gewichten da ist, bleibt.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop your pictures here</source>
        <translation>Bilder hier ablegen</translation>
    </message>
    <message>
        <source>LayerForge makes collages of them by the hundred, keeps the good ones,
and grows those further. You pin and kill.</source>
        <translation>LayerForge macht Hunderte von Collagen daraus, behält die guten
und lässt sie weiterwachsen. Sie heften an und verwerfen.</translation>
    </message>
</context>
</TS>
