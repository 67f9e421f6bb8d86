/** German. */

import { wording } from "./wording.js";

const { plural, bytes, number, ...rest } = wording("de");

const files = (/** @type {number} */ value) => plural(value, { one: "# Datei", other: "# Dateien" });
const folders = (/** @type {number} */ value) => plural(value, { one: "# Ordner", other: "# Ordner" });
const errors = (/** @type {number} */ value) => plural(value, { one: "# Fehler", other: "# Fehler" });
const warnings = (/** @type {number} */ value) => plural(value, { one: "# Warnung", other: "# Warnungen" });
const wholeBytes = (/** @type {number} */ value) => plural(value, { one: "# Byte", other: "# Byte" });

/** @type {import("./en.js").Words} */
export const words = {
  ...rest,
  plural,
  bytes,
  number,

  files,
  folders,
  wholeBytes,
  inZip: "Im Zip",
  unzipped: "Entpackt",
  more: (value) => `und ${number(value)} weitere`,
  severity: { error: "Fehler", warning: "Warnung", note: "Hinweis" },
  severities: {
    error: errors,
    warning: warnings,
    note: (value) => plural(value, { one: "# Hinweis", other: "# Hinweise" }),
  },

  intro: {
    what: "Pakete ablegen – heraus kommt ein AWS-Lambda-Layer, der funktioniert, und der Befehl, der ihn veröffentlicht.",
    privacy: "Läuft in diesem Tab. Dateien werden nicht hochgeladen.",
    check: "so lässt es sich prüfen",
    close: "schließen",
    proof:
      "Zum Nachprüfen: in den Entwicklerwerkzeugen des Browsers die Netzwerkanalyse öffnen oder das Netz jetzt abschalten. Ablegen, Bauen und Herunterladen gehen trotzdem, und nichts wird gesendet.",
  },

  zone: {
    invitation: "Dateien oder Ordner hier ablegen",
    files: "Dateien wählen…",
    folder: "Ordner wählen…",
    filesToAdd: "Dateien zum Hinzufügen",
    folderToAdd: "Ordner zum Hinzufügen",
    accepts: "Wheels, npm-Pakete, Jars, Gems, Programme, Ordner, Archive. Oder kopierte Dateien einfügen.",
    try: "Oder ausprobieren: ",
    target: "Zum Hinzufügen loslassen",
    samples: { python: "Python-Pakete", node: "ein Node.js-Paket", wrong: "eines, das scheitern würde" },
  },

  steps: {
    undo: "Rückgängig",
    redo: "Wiederholen",
    keys: "Tasten",
    startOver: "Von vorn",
    nothingToUndo: "Nichts rückgängig zu machen",
    nothingToRedo: "Nichts zu wiederholen",
    undoStep: (name) => `Rückgängig: ${name}`,
    redoStep: (name) => `Wiederholen: ${name}`,
    summary: (sources, count, size) =>
      `${plural(sources, { one: "# Quelle", other: "# Quellen" })} · ${files(count)} · ${bytes(size)} entpackt`,
    dismiss: "Schließen",
  },

  said: {
    done: "Erledigt.",
    doneStep: (name) => `Erledigt: ${name}.`,
    undone: (name) => `Rückgängig gemacht: ${name}.`,
    redone: (name) => `Wiederholt: ${name}.`,
    startedOver: "Von vorn begonnen.",
    cancelled: "Abgebrochen. Nichts wurde hinzugefügt.",
    download: (name) => `${name} wird heruntergeladen.`,
    ready: (name, size) =>
      `Layer fertig: ${name}, ${wholeBytes(size)}. Herunterladen und Befehl folgen auf die Schaltfläche zum Bauen.`,
    unreadable: (value) =>
      plural(value, {
        one: "# Eintrag ist nicht lesbar und bleibt weg:",
        other: "# Einträge sind nicht lesbar und bleiben weg:",
      }),
    onlyFolders: (value) => `Nichts hinzugefügt: ${folders(value)} ohne Dateien.`,
    emptyClipboard: "Nichts hinzugefügt: In der Zwischenablage liegen keine Dateien.",
    emptySelection: "Nichts hinzugefügt: Die Auswahl enthält keine Dateien.",
    added: (value) => `${files(value)} hinzugefügt.`,
    addedFolders: (value, inFolders) =>
      `${files(value)} hinzugefügt, ${folders(inFolders)} – symbolische Links sind nie dabei.`,
    judged: (bad, doubtful) =>
      `${[bad > 0 ? errors(bad) : "", doubtful > 0 ? warnings(doubtful) : ""].filter(Boolean).join(", ")}.`,
  },

  progress: {
    name: "Fortschritt",
    cancel: "Abbrechen",
    working: "Arbeitet",
    walking: (done) => `Ordner werden durchsucht: ${files(done)}`,
    reading: "Dateien werden gelesen",
    readingOf: (done, total) => `${number(done)} von ${files(total)} gelesen`,
    packing: "Wird gepackt",
    packingOf: (done, total, some, all) => `${bytes(done)} von ${bytes(total)} gepackt, ${number(some)} von ${files(all)}`,
    secondsLeft: (seconds) => `noch etwa ${number(seconds)} s`,
    minutesLeft: (minutes) => `noch etwa ${number(minutes)} min`,
  },

  contents: {
    title: "Inhalt",
    as: "Inhalt als",
    tree: "Baum",
    map: "Größenkarte",
    list: "Größte Dateien",
    filter: "Nach Namen filtern",
    noMatch: "Kein Name passt.",
    notThere: "Das ist nicht im Layer.",
    found: (count) => `${count} gefunden.`,
    newName: "Neuer Name",
    moreSources: (value) => plural(value, { one: "# weitere Quelle", other: "# weitere Quellen" }),
    refused: (why) => `abgelehnt: ${why}`,
  },

  row: {
    folder: "Ordner",
    file: "Datei",
    excluded: "ausgenommen",
    executable: "ausführbar",
    findings: (value) => plural(value, { one: "# Befund", other: "# Befunde" }),
  },

  menu: {
    open: "Aktionen",
    name: (value) => plural(value, { one: "Aktionen für # Zeile", other: "Aktionen für # Zeilen" }),
    rename: "Umbenennen…",
    move: "Verschieben nach…",
    copyPath: "Pfad kopieren",
    copyPaths: "Pfade kopieren",
    cut: "Ausschneiden",
    paste: "Hier einfügen",
    folder: "Neuer Ordner…",
    file: "Neue Textdatei…",
    copied: (value) => plural(value, { one: "# Pfad kopiert.", other: "# Pfade kopiert." }),
    cutDone: (value) =>
      plural(value, {
        one: "# Zeile ausgeschnitten. Einen Ordner wählen und einfügen.",
        other: "# Zeilen ausgeschnitten. Einen Ordner wählen und einfügen.",
      }),
    keys: { rename: "F2", exclude: "Entf", copy: "Strg+C", cut: "Strg+X", paste: "Strg+V" },
  },

  move: {
    one: (name) => `${name} verschieben nach…`,
    several: (value) => plural(value, { one: "# Zeile verschieben nach…", other: "# Zeilen verschieben nach…" }),
    folder: "Ordner: tippen, um ihn zu finden, oder ein neuer",
    folders: "Ordner",
    fresh: (name) => `Neuer Ordner /opt/${name}`,
    none: "Kein anderer Ordner kommt infrage. Den Namen eines neuen eintippen.",
    move: "Verschieben",
  },

  write: { folder: "Neuer Ordner", file: "Neue Textdatei", text: "Text", create: "Anlegen" },

  map: {
    help: "Jede Datei so groß wie der Platz, den sie braucht. Zeigen nennt die Größe, ein Klick führt in den Baum.",
    rest: "kleinere Dateien",
    sizes: "Größen",
    largest: "Die größten Dateien",
    path: "Pfad",
  },

  details: {
    title: "Einzelheiten",
    none: "Eine Zeile des Inhalts auswählen, um zu sehen, warum sie da ist.",
    exclude: "Ausnehmen",
    include: "Wieder aufnehmen",
    all: {
      exclude: (value) => `Alle ${number(value)} ausnehmen`,
      include: (value) => `Alle ${number(value)} wieder aufnehmen`,
    },
    executable: "Ausführbar machen",
    notExecutable: "Nicht ausführbar",
    deleteKey: "Entf",
    path: "Pfad in /opt",
    folder: "Ordner in /opt",
    move: "Verschieben",
    size: "Größe",
    sizeInZip: (size, zipped) => `${bytes(size)}, ${bytes(zipped)} im Zip`,
    holds: "Enthält",
    mode: "Rechte",
    from: "Aus",
  },

  findings: {
    title: "Befunde",
    none: "Nichts gefunden, was scheitern würde.",
    fixAll: (value) => (value > 1 ? `Alle ${number(value)} sicheren beheben` : "Beheben, was sicher ist"),
    more: (value) => plural(value, { one: "# weiterer Befund", other: "# weitere Befunde" }),
    passed: (value) => plural(value, { one: "# Prüfung bestanden", other: "# Prüfungen bestanden" }),
    show: "Im Inhalt zeigen",
    filter: "Befunde filtern",
    noMatch: "Kein Befund passt.",
  },

  tools: { title: "Weitere Werkzeuge", report: "Bericht", copy: "Als Markdown kopieren" },

  diff: { title: "Mit früherem Zip vergleichen", earlier: "Früheres Zip des Layers", again: "Erneut vergleichen" },

  stack: {
    title: "Layer stapeln",
    layers: "Zips von Layern, bis zu fünf, in der Reihenfolge der Funktion",
    function: "Zip der Funktion",
    up: "Nach oben",
    upOf: (name) => `Nach oben: ${name}`,
    remove: "Entfernen",
    removeOf: (name) => `Entfernen: ${name}`,
  },

  explain: {
    title: "Einen Fehler erklären",
    message: "Was CloudWatch, die Konsole oder ein Befehl sagt",
    explain: "Erklären",
    told: (value) => plural(value, { one: "# Erklärung darunter.", other: "# Erklärungen darunter." }),
    finding: "Befund zeigen",
    source: "Quelle",
  },

  result: {
    title: "Ergebnis",
    build: "Layer bauen",
    building: "Wird gebaut…",
    errorsFirst: (value) => `${errors(value)} gefunden: zuerst die Befunde ansehen.`,
    download: "Herunterladen",
    bundle: "Mit allem dazu speichern",
    aboutBundle: "Die Zip-Datei mit ihrem Rezept, einer Dateiliste, einer Stückliste, Skripten und Vorlagen",
    size: "Größe",
    unzippedSize: (size, count) => `${wholeBytes(size)} in ${files(count)}`,
    saved: "Gespart",
    savedBytes: (saved, all) => `${wholeBytes(saved)} durch neues Packen: ${rest.share(saved, all)}`,
    publish: "Veröffentlichen",
    zipFile: "Zip-Datei",
    of: (value, limit, exact) => `${exact ? "" : "etwa "}${bytes(value)} von ${bytes(limit)}`,
    ofBytes: (value, limit, exact) => `${exact ? "" : "etwa "}${number(value)} von ${wholeBytes(limit)}`,
    over: (text) => `${text}, über der Grenze`,
  },

  budget: {
    title: "Die Funktion und ihre anderen Layer",
    taken: (size) => `Die Funktion und ihre anderen Layer: ${size}`,
    functionSize: "Funktion, in MB entpackt",
    otherLayersSize: "Andere Layer, in MB entpackt",
    about: "Sie zählen mit diesem Layer zusammen; was sie brauchen, bleibt ihm nicht.",
  },

  slimming: {
    title: "Verkleinern",
    none: "Es ist nichts bekannt, worauf der Layer verzichten könnte.",
    fit: (most, zipped) => `Auf ${bytes(most)} ${zipped ? "als Zip" : "entpackt"} bringen`,
    without: (titles, left) => `Weglassen: ${titles.join(", ")}; es bleiben ${bytes(left)}`,
    tooLarge: (left, most, zipped) =>
      `Auch ohne all das wären es ${bytes(left)} ${zipped ? "als Zip" : "entpackt"}; erlaubt sind ${bytes(most)}.`,
    effect: (title, size, count, zipped) =>
      `${title}: ${bytes(size)} in ${files(count)}, etwa ${bytes(zipped)} vom Zip`,
    leaveOut: "Weglassen",
    leaveOutGroup: (title) => `${title} weglassen`,
  },

  command: {
    shell: "Shell",
    copy: "Kopieren",
    command: "Befehl",
    none: "Für diesen Layer gibt es so keinen Befehl. Die Befunde sagen, warum.",
    reads: (name) => `Der Befehl liest ${name} aus demselben Ordner.`,
    download: (name) => `${name} herunterladen`,
    show: "Zeigen",
    copied: (what) => `${what} kopiert.`,
    notCopied: "Der Browser erlaubt das Kopieren hier nicht. Text markieren und von Hand kopieren.",
  },

  kit: {
    title: "Befehle und Code",
    commands: "Befehle",
    code: "Als Code",
    command: "Was zu tun ist",
    format: "Für welches Werkzeug",
    noSnippet: "Für diesen Layer gibt es so keine Datei. Die Befunde sagen, warum.",
    answered: "Veröffentlicht? Mit dieser Version weiter",
    answer: "Was AWS geantwortet hat",
    answerHelp: "Einfügen, was der Befehl ausgegeben hat: Name und Hash werden geprüft, dann gelten alle Befehle und Dateien dieser Version.",
    take: "Antwort übernehmen",
    taken: (value) => plural(value, { one: "# Version übernommen.", other: "# Versionen übernommen." }),
  },

  choices: {
    title: "Behalten und weitergeben",
    recipe: "Rezept",
    recipeHelp: "Alles, was entschieden wurde, als Datei. Mit denselben Dateien entsteht dasselbe Zip, hier und auf der Kommandozeile.",
    saveRecipe: "Rezept speichern",
    apply: "Rezept anwenden…",
    applied: "Rezept angewendet.",
    missing: (names) => `Nicht unter den Dateien: ${names}.`,
    changed: (names) => `Anderer Inhalt als beim Anlegen des Rezepts: ${names}.`,
    extra: (names) => `Nicht im Rezept: ${names}.`,
    presets: "Voreinstellungen",
    presetsHelp: "Einstellungen unter einem Namen. Nur dieser Browser behält sie.",
    presetName: "Name der Voreinstellung",
    save: "Speichern",
    saved: (name) => `Voreinstellung ${name} gespeichert.`,
    notKept: "Der Browser behält hier nichts.",
    forget: "Vergessen",
    forgetPreset: (name) => `${name} vergessen`,
    forgotten: (name) => `Voreinstellung ${name} vergessen.`,
    link: "Link",
    linkHelp: "Die Einstellungen, und nichts von den Dateien, in dem Teil einer Adresse, den kein Server sieht.",
    copyLink: "Link kopieren",
  },

  report: { title: "Bericht zum Layer", name: "Name", targets: "Für", sources: "Quellen", print: "Bericht drucken" },

  session: {
    offer: (value, when) => `${plural(value, { one: "# Quelle", other: "# Quellen" })} vom ${when}: `,
    restore: "Mit der letzten Sitzung weitermachen",
    forget: "Vergessen",
    forgotten: "Vergessen. Diese Seite behält nichts mehr.",
    restored: "Die letzte Sitzung ist wieder da, mit allen Schritten.",
    cancelled: "Abgebrochen. Die letzte Sitzung bleibt behalten.",
    again: (names) => `Ihre Dateien konnten nicht behalten werden. Bitte noch einmal hinzufügen: ${names}.`,
    title: "Sitzung",
    help: "Dieser Browser behält sie sieben Tage lang, mit ihren Dateien, für das nächste Öffnen dieser Seite.",
    stop: "Vergessen und nichts behalten",
  },

  settings: {
    title: "Layer",
    more: "Weitere Einstellungen",
    layout: "Anordnung",
    compression: "Kompression",
    runtimes: "Laufzeiten",
    architectures: "Architekturen",
    others: (value) => `Andere Laufzeiten (${number(value)})`,
    told: {
      layerName: { label: "Name des Layers", help: "Buchstaben, Ziffern, Binde- und Unterstriche, oder die ARN eines Layers." },
      description: { label: "Beschreibung", help: "Was diese Version enthält." },
      licenseInfo: { label: "Lizenz", help: "Ein SPDX-Kürzel wie MIT, eine Webadresse oder der Text." },
      region: { label: "Region", help: "Wo veröffentlicht wird, etwa eu-west-1; leer: wo die Kommandozeile es tut." },
      profile: { label: "AWS-Profil", help: "Ein Profil der AWS-Kommandozeile; leer: ihr eigenes." },
      s3Bucket: { label: "S3-Bucket", help: "Für eine Zip-Datei, die zu groß zum direkten Hochladen ist; in derselben Region. {region} darin steht für jede Region." },
      s3Key: { label: "S3-Schlüssel", help: "Name der Zip-Datei im Bucket; leer: der Name der Datei." },
      s3ObjectVersion: { label: "S3-Objektversion", help: "Wenn die Zip-Datei schon im Bucket liegt: ihre Version dort." },
      functionName: { label: "Funktion", help: "Die Funktion, die den Layer bekommen soll: ihr Name oder ihre ARN." },
      flat: { label: "Ein Ordner für alle Versionen", help: "Jede Version der Sprache findet die Dateien." },
      versioned: { label: "Ein Ordner für jede Version", help: "Nur die gewählten Versionen finden die Dateien; Inhalt für mehrere kann nebeneinander liegen." },
      keep: { label: "Schnell", help: "Was schon komprimiert ist, wird kopiert, wie es ist." },
      smallest: { label: "Am kleinsten", help: "Alles wird noch einmal komprimiert, so klein es geht: wenige Prozent kleiner und viel langsamer." },
    },
    tooLong: (length, most) => `${number(length)} von ${plural(most, { one: "# Zeichen", other: "# Zeichen" })}. `,
  },

  keys: {
    title: "Tasten",
    close: "Schließen",
    sheet: [
      [
        "Überall in Layerdrop",
        [
          ["Strg+Z", "Rückgängig"],
          ["Strg+Umschalt+Z, Strg+Y", "Wiederholen"],
          ["Esc", "Abbrechen, was gerade läuft"],
          ["F8, Umschalt+F8", "Nächster und voriger Befund"],
          ["/", "Inhalt filtern"],
          ["?", "Diese Übersicht"],
        ],
      ],
      [
        "Im Baum",
        [
          ["↑ ↓ Pos1 Ende", "Zu einer Zeile gehen"],
          ["→ ←", "Ordner öffnen und schließen, hinein- und hinausgehen"],
          ["Eingabe", "Ordner öffnen und schließen; zu den Einzelheiten einer Datei, Esc führt zurück"],
          ["Strg+F", "Inhalt filtern"],
          ["Buchstaben", "Zur nächsten Zeile, die so beginnt"],
          ["*", "Alle Ordner daneben öffnen"],
          ["Leertaste, Umschalt+↑ ↓, Strg+A", "Mehrere auswählen"],
          ["Entf", "Weglassen oder zurückholen"],
          ["F2", "Umbenennen"],
          ["Strg+C", "Die Pfade kopieren"],
          ["Strg+X, Strg+V", "In einen anderen Ordner verschieben"],
          ["Umschalt+F10, Menü", "Alles, was mit einer Zeile geht"],
        ],
      ],
    ],
  },
};
