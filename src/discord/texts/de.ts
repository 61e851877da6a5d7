import { deviceNames } from "../../devices.ts";
import type { PictureFault } from "../../images/PictureProblem.ts";
import type { TaskFault } from "../../learning/TaskProblem.ts";
import type { Texts } from "./en.ts";
import { inMegapixels, inMiB } from "./numbers.ts";

/** Alles, was der Bot sagt, auf Deutsch. */
export const de: Texts = {
  commands: {
    edit: "Ein Bild bearbeiten: sag, was sich ändern soll",
    image: "Das Bild: PNG, JPEG oder WebP",
    instruction: "Was sich ändern soll, auf Englisch, zum Beispiel: make the boat red",
    task: "Die Art der Bearbeitung; ohne Angabe ergibt sie sich aus der Anweisung",
    seed: "Eine Zahl; dieselbe Zahl ergibt wieder dasselbe Bild",
    steps: "Wie lange daran gearbeitet wird: mehr Schritte, feineres Ergebnis",
    alpha: "Wie schwache Änderungen verworfen werden, 0 bis 1; ohne Angabe ein bewährter Wert",
    editThisImage: "Bild bearbeiten",
    help: "Was dieser Bot kann, und wie",
    queue: "Deine Plätze in der Warteschlange, und wie lange es dauert",
    cancel: "Eine Bearbeitung abbrechen, die wartet oder läuft",
    cancelEdit: "Welche; ohne Angabe deine einzige",
    history: "Sehen, wie ein Bild entstanden ist: alle Bearbeitungen als Baum",
    message: "Ein Ergebnis: der Link seiner Nachricht; ohne Angabe dein letztes hier",
    undo: "Dein letztes Ergebnis in diesem Kanal zurücknehmen",
    exportTree: "Bearbeitungen herunterladen",
  },
  autoTask: "Aus der Anweisung erkennen",
  tasks: {
    local: "Einen Gegenstand ersetzen oder ändern",
    texture: "Farbe, Material oder Muster ändern",
    add: "Etwas hinzufügen",
    remove: "Etwas entfernen",
    background: "Den Hintergrund ändern",
    global: "Jahreszeit, Wetter oder Tageszeit ändern",
    style: "Den Malstil ändern",
    text: "Schrift hinzufügen, entfernen oder ändern",
    detect: "Einen Rahmen um einen Gegenstand zeichnen",
    segment: "Die Fläche eines Gegenstands einfärben",
    color: "Licht, Kontrast, Schärfe oder Farbton ändern",
    depth: "Von oder zu einer Tiefenkarte",
    segmap: "Von oder zu einer Karte der Flächen",
    pose: "Von oder zu einem Posenskelett",
    normal: "Von oder zu einer Normalenkarte",
    sketch: "Von oder zu einer Skizze",
  },
  form: {
    title: "Bild bearbeiten",
    instruction: "Was soll sich ändern? (auf Englisch)",
    placeholder: "make the boat red",
    task: "Art der Bearbeitung",
    taught: "Eine eigene Art dieses Servers",
    moreTasks: "Dieser Server hat mehr eigene, als hier hineinpassen: /bearbeiten bietet alle an.",
  },
  progress: {
    received: "Alles klar, die Bearbeitung ist unterwegs …",
    waiting: (position) =>
      position <= 1 ? "⏳ Du bist als Nächstes dran." : `⏳ In der Warteschlange: Platz ${position}.`,
    done: (when) => `Fertig ${when}, soweit ich es sagen kann.`,
    noWorker: "⏳ Gerade läuft kein Rechner dafür. Deine Bearbeitung wartet auf einen.",
    starting: "🎨 Ich sehe mir das Bild an …",
    step: (bar, step, steps) => `🎨 ${bar} Schritt ${step} von ${steps}`,
  },
  line: {
    number: (position) => `Platz ${position}`,
    beingMade: "In Arbeit",
    before: (edits, members) =>
      edits === 0
        ? "nichts davor"
        : `davor ${edits === 1 ? "1 Bearbeitung" : `${edits} Bearbeitungen`} von ${members === 1 ? "1 Mitglied" : `${members} Mitgliedern`}`,
    done: (when) => `fertig ${when}`,
    noneOfYours: "Gerade ist keine deiner Bearbeitungen in der Warteschlange.",
    andMore: (count) => `… und ${count} weitere von dir.`,
    counts: (waiting, active, workers) =>
      `Insgesamt: ${waiting === 1 ? "1 Bearbeitung wartet" : `${waiting} Bearbeitungen warten`}, ${active} in Arbeit, ${
        workers === 1 ? "1 Rechner läuft" : workers === 0 ? "kein Rechner läuft" : `${workers} Rechner laufen`
      }. Alle kommen reihum dran, niemand wartet auf alles von anderen.`,
    howToCancel: "`/abbrechen` hält eine von deinen an.",
    typical: (seconds) => `Eine Bearbeitung dauert etwa ${seconds.replace(".", ",")} s.`,
    used: (used) => `Deine Bearbeitungen hier in den letzten 24 Stunden: ${used}.`,
    usedOf: (used, perDay) => `Deine Bearbeitungen hier in den letzten 24 Stunden: ${used} von ${perDay}.`,
    quotaUsed: (perDay, when) =>
      `Du hattest hier deine ${perDay} Bearbeitungen der letzten 24 Stunden. Die nächste geht ${when}.`,
    memberFull: (most, when) =>
      `Von dir ${most === 1 ? "ist schon eine Bearbeitung" : `sind schon ${most} Bearbeitungen`} in der Warteschlange, mehr gehen nicht. Bitte versuch es ${when} noch einmal.`,
    guildFull: (most, when) =>
      `Von diesem Server ${most === 1 ? "ist schon eine Bearbeitung" : `sind schon ${most} Bearbeitungen`} in der Warteschlange, mehr gehen nicht. Bitte versuch es ${when} noch einmal.`,
    full: (when) => `Meine Warteschlange ist gerade voll. Bitte versuch es ${when} noch einmal.`,
  },
  cancelling: {
    button: "Abbrechen",
    cancelled: "✅ Abgebrochen. Das wird nicht angerechnet.",
    stopping: "✅ Sie hält beim nächsten Schritt an und wird nicht angerechnet.",
    ended: "Diese Bearbeitung ist schon zu Ende.",
    gone: "So eine Bearbeitung kenne ich hier nicht.",
    notYours: "Abbrechen kann nur, wer um die Bearbeitung gebeten hat, und wer hier moderiert.",
    none: "Keine deiner Bearbeitungen wartet oder ist in Arbeit; es gibt nichts abzubrechen.",
    choose: (count) =>
      `Von dir sind ${count} Bearbeitungen in der Warteschlange. Nimm noch einmal \`/abbrechen\` und wähle bei \`bearbeiten\` eine oder alle.`,
    allStopping: (count) => `✅ Deine ${count} Bearbeitungen sind abgebrochen und werden dir nicht angerechnet.`,
    byModerator: "🛑 Die Moderation dieses Servers hat die Bearbeitung angehalten. Sie wird dir nicht angerechnet.",
    all: (count) => `Alle ${count} von mir`,
    others: (edit) => `Von jemand anderem · ${edit}`,
  },
  settings: {
    commands: {
      group: "Was Mitglieder dieses Servers mit dem Bot dürfen, und wie er hier arbeitet",
      show: "Was hier eingestellt ist",
      set: "Eine oder mehrere Einstellungen ändern",
      reset: "Zurück zu den Werten des Bots, eine oder alle",
      setting: "Welche; ohne Angabe alle",
      profile: "Wie bearbeitet wird: genau, schnell, oder wie es die Maschine erlaubt",
      steps: "Schritte von Bearbeitungen, die keine angeben",
      alpha: "α, wenn keines angegeben ist: 0 ändert jedes Pixel, mehr lässt mehr vom Bild, wie es war",
      allowChannel: "Ein Kanal für Bearbeitungen; der erste schließt alle anderen",
      removeChannel: "Ein Kanal, der von dieser Liste verschwindet",
      allowRole: "Eine Rolle, die um Bearbeitungen bitten darf; die erste schließt alle anderen aus",
      removeRole: "Eine Rolle, die von dieser Liste verschwindet",
      editsPerDay: "Bearbeitungen je Mitglied in 24 Stunden; 0: beliebig viele",
      waitingPerMember: "Bearbeitungen, die jedes Mitglied in der Warteschlange haben darf",
      waitingPerGuild: "Bearbeitungen, die alle zusammen in der Warteschlange haben dürfen",
      maxMegapixels: "Größtes Bild, in Megapixeln",
      language: "Sprache von allem, was alle lesen",
      retentionDays: "Tage nach der letzten Bearbeitung, bis ein Gespräch mit seinen Bildern vergessen wird",
    },
    names: {
      profile: "Profil",
      steps: "Schritte",
      alpha: "α",
      allowedChannels: "Kanäle",
      allowedRoles: "Rollen",
      editsPerDay: "Bearbeitungen je Mitglied in 24 Stunden",
      waitingPerMember: "Bearbeitungen in der Warteschlange je Mitglied",
      waitingPerGuild: "Bearbeitungen in der Warteschlange für diesen Server",
      maxMegapixels: "Größtes Bild, Megapixel",
      language: "Sprache",
      retentionDays: "Tage, bis Gespräche vergessen werden",
    },
    profiles: { auto: "wie es die Maschine erlaubt", exact: "genau", fast: "schnell" },
    byWorker: "wie beim Bot",
    byModel: "wie das Modell",
    all: "alle",
    everybody: "alle",
    anyNumber: "beliebig viele",
    byBot: "die Grenze des Bots",
    byServer: "die des Servers",
    languages: { en: "Englisch", de: "Deutsch" },
    isDefault: "voreingestellt",
    saved: "✅ Das gilt ab jetzt.",
    nothing: "Daran ist nichts zu ändern.",
    channelNotOpen: (channels) => `Um Bearbeitungen kann man nur hier bitten: ${channels}.`,
    roleMissing: (roles) => `Nur Mitglieder mit einer dieser Rollen können hier um Bearbeitungen bitten: ${roles}.`,
    tooMany: (most) => `In diese Liste passen höchstens ${most}.`,
  },
  result: {
    predicted: (task, percent) => `${task} (${percent} %)`,
    seed: (seed) => `Seed ${seed}`,
    alpha: (alpha) => `α\u00a0${alpha.replace(".", ",")}`,
    kept: (percent) => `${percent} % unverändert`,
    steps: (steps) => (steps === 1 ? "1 Schritt" : `${steps} Schritte`),
    fast: (pixels) => `schnell, ${pixels} px`,
    seconds: (seconds) => `${seconds.replace(".", ",")} s`,
    before: (instruction) => `Vorher: ${instruction}`,
    after: (instruction) => `Nachher: ${instruction}`,
    recompressed: (format) => `Gespeichert als ${format}: das verlustfreie Bild ist für diesen Kanal zu groß.`,
    link: (url) => `✅ Fertig: ${url}`,
    onlyForYou: "Ich darf in diesem Kanal nichts posten, deshalb siehst nur du das.",
    couldBe: (task, percent) => `Es könnte auch ${task} sein (${percent} %): zum Vergleich unten auswählen.`,
    unsure: "Ich war nicht sicher, ob das eine Bearbeitung meint.",
    redo: "Noch einmal als …",
    late: "Eine Bearbeitung, um die hier gebeten wurde, hat nicht geklappt.",
  },
  buttons: {
    editAgain: "Weiter bearbeiten",
    vary: "Variante",
    undo: "Rückgängig",
    restore: "Wiederherstellen",
    compare: "Vergleichen",
    history: "Verlauf",
    delete: "Löschen",
  },
  turns: {
    undoneCard: "↩️ Zurückgenommen. Das ist das Bild von davor: antworte, um es zu bearbeiten.",
    undone: (url) => `↩️ Zurückgenommen. Jetzt gilt wieder das Bild von davor${url === undefined ? "." : `: ${url}`}`,
    restored: "✅ Das Ergebnis ist wieder da.",
    deleted: "🗑️ Gelöscht, mit dem Bild.",
    deletedByModerator: (instruction, count, channel) =>
      `🗑️ ${instruction === undefined ? `${count} Ergebnisse von dir` : `Dein Ergebnis „${instruction}“`} in <#${channel}> hat die Moderation des Servers gelöscht. Anweisung und Bilder habe ich auch gelöscht. Was andere daraus gemacht haben, bleibt ihres.`,
    oneDeletedByModerator: (user) =>
      `🗑️ Ein Ergebnis, um das <@${user}> hier gebeten hat, hat die Moderation gelöscht. Die Bilder dazu habe ich auch gelöscht.`,
    exported: {
      tree: "Alle Bearbeitungen dieses Bildes: die Bilder, und `turns.json` darüber.",
      branch:
        "Alle Bearbeitungen dieses Bildes zusammen sind hier zu groß für eine Datei. Das sind die, die zu diesem Ergebnis führen.",
    },
    nothingToUndo: "In diesem Kanal gibt es kein Ergebnis von dir, das man zurücknehmen könnte.",
  },
  privacy: {
    commands: {
      group: "Was dieser Bot über dich aufbewahrt",
      show: "Was über dich aufbewahrt wird, und wie lange",
      export: "Alles, worum du gebeten hast, mit den Bildern als Zip",
      deleteMyData: "Alles löschen, worum du gebeten hast, auf allen Servern",
      part: "Welcher Teil, wenn es nicht in eine Datei passt",
    },
    show: ({ count, here, since, retentionDays }) =>
      [
        `**Ich bewahre ${count === 1 ? "1 Bearbeitung" : `${count} Bearbeitungen`} von dir auf**${since === undefined ? "." : `, ${here} davon hier; die älteste ist vom ${since}.`}`,
        "• Von jeder: deine Anweisung, das Bild vorher und nachher, Seed und andere Angaben, die Zeiten, und die IDs von dir, dem Server, dem Kanal und den Nachrichten.",
        `• Wie lange: hier bis ${retentionDays} Tage nach der letzten Bearbeitung desselben Bildes. Ein Ergebnis kannst du jederzeit mit seinem Knopf löschen.`,
        "• Andere Nachrichten bewahre ich nicht auf, und ich lerne nur aus den Beispielen, die mir Mitglieder mit `/aufgabe` geben; die gehören dem Server.",
        "• Werde ich von einem Server entfernt, dann lösche ich 7 Tage später alles von dort.",
        "`/datenschutz exportieren` gibt dir alles, `/datenschutz meine-daten-löschen` löscht es.",
      ].join("\n"),
    nothing: "Ich bewahre nichts über dich auf.",
    exported: (part, parts) =>
      `Alles, worum du gebeten hast: die Bilder, und \`turns.json\` darüber${parts === 1 ? "." : `; Teil ${part} von ${parts} (wählbar mit \`teil\`).`}`,
    confirm: (count) =>
      `${count === 1 ? "Die 1 Bearbeitung" : `Alle ${count} Bearbeitungen`} löschen, um die du gebeten hast, auf allen Servern, mit den Bildern und den Nachrichten, die sie zeigen? Das lässt sich nicht rückgängig machen. Was andere aus deinen Ergebnissen gemacht haben, bleibt ihres, und Beispiele, die du mit \`/aufgabe\` gegeben hast, gehören dem Server. Wie viele Bearbeitungen es in den letzten 24 Stunden waren, bleibt so lange gezählt.`,
    deleteAll: "Alles löschen",
    deleted: (count) =>
      `🗑️ Gelöscht: ${count === 1 ? "1 Bearbeitung" : `${count} Bearbeitungen`}. Auch die Nachrichten verschwinden jetzt.`,
  },
  replies: {
    how: "Antworte mit eingeschaltetem Ping auf eines meiner Ergebnisse und sag, was sich als Nächstes ändern soll. Oder erwähne mich in einer Nachricht mit einem Bild. Alles Weitere sagt `/hilfe`.",
    noText:
      "Diese Antwort kann ich nicht lesen: Discord gibt mir ihren Text nur, wenn der Ping (das @ neben der Antwort) an ist. Bitte antworte mit Ping, oder drücke **Weiter bearbeiten**.",
    sayWhat: "Was soll sich an dem Bild ändern? Bitte schreib es in die Nachricht, die mich erwähnt.",
    messageGone:
      "Die Nachricht, auf die du geantwortet hast, wurde gelöscht. Bitte antworte auf ein anderes Ergebnis, oder beginne mit `/bearbeiten`.",
    noResult:
      "Zu dieser Nachricht habe ich kein Bild (mehr). Bitte antworte auf ein neueres Ergebnis, oder beginne neu mit `/bearbeiten`.",
    noPicture:
      "In dieser Nachricht sehe ich kein Bild. Für Bilder anderer Leute nimm *Apps → Bild bearbeiten*, oder hänge das Bild an deine Nachricht an.",
  },
  compare: {
    before: "Vorher",
    after: "Nachher",
    title: "Nebeneinander, im Wechsel und durch eine Linie geteilt",
    sideBySide: (left, right) => `Links: ${left}. Rechts: ${right}`,
    blinking: (first, second) => `Im Wechsel, je eine Sekunde: ${first}. ${second}`,
    slider: (percent, left, right) => `Links einer Linie bei ${percent} %: ${left}. Rechts davon: ${right}`,
    move: "Die Linie verschieben auf:",
    with: "Vergleichen mit …",
  },
  history: {
    title: "So ist dieses Bild entstanden",
    count: (edits) => (edits === 1 ? "1 Bearbeitung." : `${edits} Bearbeitungen.`),
    marked: "Der Weg zu deinem Bild ist markiert.",
    leftOut: (turns) =>
      turns === 1
        ? "Ein weiter entferntes Bild fehlt (+1)."
        : `${turns} weiter entfernte Bilder fehlen (die Zahlen mit +). Zeig eines am Rand und drück dort auf Verlauf.`,
    original: "Original",
    deleted: "gelöscht",
    notThere: "nicht mehr gespeichert",
    notDone: "noch nicht fertig",
    failed: "hat nicht geklappt",
    undone: "zurückgenommen",
    show: "Ein Bild zeigen …",
    link: (url) => `Im Kanal: ${url}`,
    alt: (edits, way) => `Ein Baum aus ${edits} Bearbeitungen. Der markierte Weg: ${way}`,
  },
  learning: {
    commands: {
      group: "Diesem Server eigene Arten der Bearbeitung beibringen",
      create: "Eine neue Aufgabe anfangen, mit Beispielen",
      examples: "Beispiele einer Aufgabe ansehen, hinzufügen, herausnehmen",
      train: "Eine Aufgabe aus ihren Beispielen lernen",
      cancel: "Ein Training anhalten",
      list: "Die Aufgaben dieses Servers",
      show: "Was eine Aufgabe ist und was gelernt wurde",
      rename: "Eine Aufgabe umbenennen",
      delete: "Eine Aufgabe mit ihren Beispielen löschen",
      share: "Eine Aufgabe als Datei, oder ihre Beispiele",
      import: "Eine Aufgabe aus einer geteilten Datei übernehmen",
      task: "Welche Aufgabe",
      name: "Der neue Name",
      what: "Die gelernte Aufgabe oder die Beispiele",
      whatTask: "Die gelernte Aufgabe, für einen anderen Server oder emend",
      whatExamples: "Die Beispiele",
      part: "Welcher Teil, wenn die Beispiele nicht in eine Datei passen",
      file: "Eine Aufgabendatei: .safetensors",
      steps: "Höchstens so viele Lernschritte; ohne Angabe so viele, wie das Modell richtig findet",
      vectors: "Aus so vielen Vektoren besteht sie; ohne Angabe einer. Mehr für das, was einer nicht fasst",
      importName: "Ein Name dafür; ohne Angabe der aus der Datei",
      addAsExample: "Als Beispiel verwenden",
    },
    form: {
      title: "Eine neue Aufgabe",
      moreTitle: "Mehr Beispiele",
      name: "Name",
      namePlaceholder: "polka dots",
      description: "Was sie tut, in einem Satz",
      descriptionPlaceholder: "Covers an object with polka dots",
      pictures: "Bilder: bis zu fünf Paare",
      picturesNote: "In dieser Reihenfolge: vorher, nachher, vorher, nachher … Ein Paar ist gleich groß.",
      instructions: "Anweisungen",
      instructionsNote: "Eine Zeile für jedes Paar, oder eine für alle.",
      instructionsPlaceholder: "give the boat polka dots",
    },
    consent:
      "Was mit den Bildern geschieht: Sie liegen auf dem Rechner, auf dem dieser Bot läuft, nur für diesen Server, und dienen dazu, diese Aufgabe zu lernen. `/aufgabe teilen` gibt sie zurück, und mit der Aufgabe werden sie gelöscht.",
    states: {
      draft: "sammelt Beispiele",
      training: "im Training",
      learned: "gelernt, nicht veröffentlicht",
      published: "veröffentlicht",
    },
    examples: (count) => (count === 1 ? "1 Beispiel" : `${count} Beispiele`),
    created: (name, lines) =>
      `✅ Hier ist \`${name}\`.${lines}\nBeispiele kommen mit \`/aufgabe beispiele\` oder *Apps → Als Beispiel verwenden* dazu, dann \`/aufgabe lernen\`.`,
    added: (name, count, lines) =>
      `✅ Hinzugefügt; \`${name}\` hat jetzt ${count === 1 ? "1 Beispiel" : `${count} Beispiele`}.${lines}`,
    removed: (name, count) => `✅ Herausgenommen. \`${name}\` hat noch ${count}.`,
    chooseDraft: "Für welche Aufgabe ist das ein Beispiel?",
    noDrafts: "Gerade sammelt keine Aufgabe Beispiele. Fang mit `/aufgabe anlegen` eine an.",
    none: "Dieser Server hat noch keine eigenen Aufgaben. Fang mit `/aufgabe anlegen` eine an.",
    page: (from, to, count) => `Beispiele ${from} bis ${to} von ${count}`,
    tooLargeToShow: "(zu groß, um es hier zu zeigen)",
    addMore: "Mehr hinzufügen",
    next: "Nächste Seite",
    remove: "Beispiele herausnehmen …",
    waiting: (name) => `⏳ \`${name}\` wartet auf das Training.`,
    checking: (name) => `🔎 Ich probiere die Datei von \`${name}\` aus …`,
    noWorker: "Gerade läuft kein Rechner dafür.",
    starting: (name) => `🎓 Ich lerne \`${name}\` und sehe mir die Beispiele an …`,
    step: (name, bar, step, steps) => `🎓 Ich lerne \`${name}\`\n${bar} Schritt ${step} von ${steps}`,
    left: (minutes, seconds) => (minutes === 0 ? `noch etwa ${seconds} s` : `noch etwa ${minutes} min ${seconds} s`),
    loss: (loss) => `Fehler ${loss.replace(".", ",")}`,
    begun: (url) => `🎓 Das Training hat angefangen: ${url}`,
    cancel: "Abbrechen",
    cancelling: "Das Training hört in wenigen Sekunden auf.",
    ended: (name, why) => `❌ \`${name}\` wurde nicht gelernt. ${why}`,
    notImported: (name, why) => `❌ \`${name}\` wurde nicht übernommen. ${why}`,
    why: {
      cancelled: "Das Training wurde abgebrochen.",
      examples:
        "Eines der Beispiele lässt sich nicht lesen, oder seine beiden Bilder sind verschieden groß. Sieh sie dir mit `/aufgabe beispiele` an.",
      file: "Die Datei ist beschädigt, wurde verändert oder gehört zu einem anderen Modell als dem hier.",
      engine: "Das Training ist fehlgeschlagen, auch beim zweiten Mal.",
    },
    steps: (steps) => (steps === 1 ? "1 Schritt" : `${steps} Schritte`),
    vectors: (vectors) => (vectors === 1 ? "1 Vektor" : `${vectors} Vektoren`),
    losses: (from, to) => `Fehler ${from.replace(".", ",")} → ${to.replace(".", ",")}`,
    seconds: (seconds) => `${seconds.replace(".", ",")} s`,
    imported: "aus einer Datei",
    sheet: (name) => `Beispiele von ${name}: vorher, nachher und was gelernt wurde`,
    curve: (name) => `Der Fehler von ${name} nach Schritten`,
    judge: "Links vorher, in der Mitte nachher, rechts was gelernt wurde. Nur Veröffentlichtes lässt sich verwenden.",
    judgeImported: "Die Datei passt zum Modell hier. Nur Veröffentlichtes lässt sich verwenden.",
    howToUse: (name) =>
      `Alle hier können sie verwenden: \`/bearbeiten … aufgabe:${name}\`, oder sag einfach, was sich ändern soll.`,
    publish: "Veröffentlichen",
    unpublish: "Zurückziehen",
    discard: "Verwerfen",
    published: (name) => `✅ \`${name}\` ist veröffentlicht.`,
    unpublished: (name) =>
      `✅ \`${name}\` wird nicht mehr angeboten. Bearbeitungen, die schon warten, können sie noch verwenden.`,
    discarded: (name) => `✅ Was \`${name}\` gelernt hat, ist verworfen. Die Beispiele bleiben.`,
    renamed: (from, to) => `✅ \`${from}\` heißt jetzt \`${to}\`.`,
    confirmDelete: (name, examples) =>
      `\`${name}\` löschen, mit allem Gelernten und mit Beispielen (${examples})? Das lässt sich nicht rückgängig machen.`,
    delete: "Löschen",
    deleted: (name) => `✅ \`${name}\` und die Beispiele sind gelöscht.`,
    shared: (name) => `Hier ist \`${name}\`. Jedes emend mit demselben Modell nimmt sie mit \`/aufgabe importieren\`.`,
    sharedExamples: (name, part, parts) =>
      `Die Beispiele von \`${name}\`${parts === 1 ? "" : `, Teil ${part} von ${parts} (wähle mit \`teil\`)`}.`,
  },
  help: [
    "**Ich bearbeite Bilder nach Anweisung.**",
    "• `/bearbeiten` nimmt ein Bild und einen Satz, zum Beispiel *make the boat red*.",
    "• Bei jeder Nachricht mit einem Bild: *Apps → Bild bearbeiten*.",
    "• Um bei einem Ergebnis weiterzumachen, drücke darunter *Weiter bearbeiten*, oder antworte darauf und sag, was sich als Nächstes ändern soll (mit Ping: dem @ neben der Antwort). Alle können bei jedem Ergebnis weitermachen, in mehrere Richtungen.",
    "• Oder erwähne mich in einer Nachricht mit einem Bild und schreib hinein, was sich ändern soll.",
    "• Anweisungen verstehe ich auf Englisch.",
    "• *Rückgängig* unter einem Ergebnis, oder `/rückgängig`, nimmt es zurück; *Variante* macht es noch einmal mit anderem Seed.",
    "• Die Art der Bearbeitung erkenne ich aus dem Satz. Rate ich falsch, dann wähle unter dem Ergebnis bei *Noch einmal als …* eine andere.",
    "• *Vergleichen* unter einem Ergebnis zeigt vorher und nachher genau, *Verlauf*, wie das Bild entstanden ist; ebenso `/verlauf`.",
    "• Alle kommen reihum dran. `/warteschlange` zeigt, wann deine fertig sind und wie viele heute noch gehen; `/abbrechen` oder der Knopf unter dem Fortschritt hält eine an. Was nichts geworden ist, zählt nicht.",
    "• `/datenschutz` zeigt, exportiert und löscht, was ich über dich aufbewahre.",
    "• Wer den Server verwaltet, kann mir neue Arten der Bearbeitung beibringen: `/aufgabe anlegen`. Was hier erlaubt ist und was ohne Angabe gilt, steht unter `/einstellungen`.",
    "• Dasselbe Bild, derselbe Satz und derselbe `seed` ergeben wieder dasselbe Ergebnis.",
    "Bilder können PNG, JPEG oder WebP sein; das Ergebnis ist so groß wie deines.",
  ].join("\n"),
  helpSafety: {
    on: "Ich prüfe Bilder vor und nach der Bearbeitung, außer in Kanälen mit Altersbeschränkung. Was die Prüfung ablehnt, wird weder gezeigt noch behalten.",
    off: "Bilder werden nicht darauf geprüft, ob alle sie sehen sollten: Wer mich betreibt, hat das abgeschaltet.",
    none: "Bilder werden nicht darauf geprüft, ob alle sie sehen sollten: Das geladene Modell bringt nichts dafür mit.",
  },
  madeBy: (models) => `Bearbeitet wird mit ${models}.`,
  modelOn: (model, device) => `\`${model}\` auf ${deviceNames[device]}`,
  problems: {
    picture: (fault: PictureFault): string => {
      switch (fault.kind) {
        case "empty":
          return "Die Datei ist leer. Bitte schick ein Bild als PNG, JPEG oder WebP.";
        case "not-a-picture":
          return "Die Datei ist kein Bild, das ich lesen kann. Bitte schick ein Bild als PNG, JPEG oder WebP.";
        case "other-format":
          return `Die Datei ist ${fault.format}, das lese ich nicht. Bitte schick ein Bild als PNG, JPEG oder WebP.`;
        case "damaged":
          return "Das Bild ist beschädigt oder unvollständig. Bitte speichere es neu und schick es noch einmal.";
        case "animated":
          return "Das Bild bewegt sich. Ich kann nur stehende bearbeiten.";
        case "too-many-pixels":
          return `Das Bild hat ${fault.width} × ${fault.height} Pixel. Bis zu ${inMegapixels(fault.maxPixels, ",")} Megapixel gehen.`;
        case "too-many-bytes":
          return `Die Datei ist zu groß. Bis zu ${inMiB(fault.maxBytes)} MiB gehen.`;
      }
    },
    task: (fault: TaskFault): string => {
      switch (fault.kind) {
        case "bad-name":
          return "Der Name einer Aufgabe hat 1 bis 40 Buchstaben (a bis z), Ziffern, Leerzeichen, - oder _ und beginnt mit einem Buchstaben oder einer Ziffer.";
        case "built-in-name":
          return "So heißt schon eine eingebaute Aufgabe. Bitte nimm einen anderen Namen.";
        case "name-taken":
          return `Der Name \`${fault.name}\` ist auf diesem Server vergeben. Bitte nimm einen anderen.`;
        case "unknown":
          return "Dieser Server hat keine Aufgabe mit diesem Namen. `/aufgabe liste` zeigt alle.";
        case "gone":
          return "Diese Aufgabe gibt es nicht mehr.";
        case "too-many-tasks":
          return `Ein Server hat höchstens ${fault.most} Aufgaben. Bitte lösch zuerst eine.`;
        case "too-many-examples":
          return `Eine Aufgabe hat höchstens ${fault.most} Beispiele, und diese hat schon ${fault.have}.`;
        case "no-examples":
          return `\`${fault.name}\` hat noch keine Beispiele. Füg mit \`/aufgabe beispiele\` welche hinzu.`;
        case "state":
          return {
            draft: `\`${fault.name}\` ist noch nicht gelernt. Fang mit \`/aufgabe lernen\` an.`,
            training: `\`${fault.name}\` ist im Training. Bitte warte, oder halt es mit \`/aufgabe abbrechen\` an.`,
            learned: `\`${fault.name}\` ist gelernt. Veröffentliche oder verwirf das zuerst: siehe \`/aufgabe anzeigen\`.`,
            published: `\`${fault.name}\` ist veröffentlicht. Zieh sie zuerst zurück: siehe \`/aufgabe anzeigen\`.`,
          }[fault.state];
        case "not-in-training":
          return `\`${fault.name}\` ist nicht im Training.`;
        case "odd-pictures":
          return `Bilder kommen paarweise, vorher und nachher, und das waren ${fault.pictures}.`;
        case "instructions":
          return `Das waren ${fault.pairs} Paare und ${fault.instructions} Zeilen Anweisungen. Bitte schreib eine Zeile für jedes Paar, oder eine für alle.`;
        case "sizes-differ":
          return `Die beiden Bilder von Paar ${fault.pair} sind verschieden groß: ${fault.before} und ${fault.after}.`;
        case "file-too-large":
          return "Die Datei ist zu groß für eine Aufgabe.";
        case "bad-file":
          return "Das ist keine Aufgabendatei, oder sie ist beschädigt oder unvollständig. Bitte hol sie noch einmal mit `/aufgabe teilen`.";
      }
    },
    notInServer: "Das geht nur auf einem Server.",
    mayNotTeach: "Das können nur Mitglieder, die den Server verwalten dürfen.",
    mayNotPost:
      "Ich muss diesen Kanal sehen, hier Nachrichten senden und Dateien anhängen dürfen, um zu zeigen, wie das Training läuft.",
    noResult:
      "Ich nehme nur eigene Ergebnisse als Beispiele: wähle eine Nachricht, die eine Bearbeitung von mir zeigt.",
    noSuchPart: (parts) => `Es gibt ${parts} Teile.`,
    tooLargeToShare: "Das ist größer, als eine Datei hier sein darf.",
    noPicture: "Ich sehe in dieser Nachricht kein Bild.",
    foreignPicture:
      "Ich nehme nur Bilder, die auf Discord hochgeladen wurden. Bitte lade deines mit `/bearbeiten` hoch.",
    unknownTask: (task, known) =>
      known === ""
        ? "Das geladene Modell kennt keine Aufgaben; bitte lass `aufgabe` weg."
        : `Das geladene Modell kennt die Aufgabe „${task}“ nicht. Es kennt: ${known}.`,
    mayNotAttach:
      "Ich brauche in diesem Kanal das Recht **Dateien anhängen**. Wer den Server verwaltet, kann es mir geben.",
    notYours: "Dieses Formular gehört jemand anderem.",
    formExpired: "Das Formular war zu lange offen. Bitte fang noch einmal bei der Nachricht an.",
    pictureGone: "Dieses Bild habe ich nicht mehr. Bitte fang mit `/bearbeiten` neu an.",
    mayNotRedo:
      "Um weiterzuführen, worum jemand anderes gebeten hat, musst du hier Befehle verwenden und Dateien anhängen dürfen.",
    notYourEdit:
      "Nur wer um ein Ergebnis gebeten hat, und wer Nachrichten verwalten darf, kann es zurücknehmen oder löschen.",
    noTree: "Zu dieser Nachricht habe ich keine Bearbeitungen (mehr).",
    doubleClick: "Bin schon dabei.",
    mayNotEdit: "Um Bilder mit Nachrichten zu bearbeiten, musst du hier Befehle verwenden und Dateien anhängen dürfen.",
    turnGone: "Diese Bearbeitung gibt es nicht mehr.",
    notDone: "Diese Bearbeitung hat noch kein Ergebnis.",
    noTurn: "Diese Nachricht zeigt kein Ergebnis von mir. Bitte gib mir den Link von einer, die eins zeigt.",
    noTurnHere:
      "Ich finde hier kein Ergebnis von dir. Drück unter einem Ergebnis auf **Verlauf**, oder gib mir den Link seiner Nachricht.",
    badSteps: "Die Schritte müssen eine ganze Zahl von 1 bis 100 sein.",
    badTraining: (steps, vectors) =>
      `Ein Training hat 1 bis ${steps} Schritte und eine Aufgabe 1 bis ${vectors} Vektoren, beides ganze Zahlen.`,
    badAlpha: "Alpha muss eine Zahl von 0 bis 1 sein.",
    unknownCommand: "Das kenne ich nicht mehr. Bitte versuch es in einer Minute noch einmal.",
    bad_usage: "Mit diesen Angaben geht das nicht.",
    bad_image: "Das Bild ist beschädigt oder von einer Art, die ich nicht lese. Bitte schick PNG, JPEG oder WebP.",
    image_too_large: "Das Bild ist zu groß.",
    bad_instruction: "Bitte sag in 1 bis 1.000 Zeichen, was sich ändern soll.",
    unknown_task: "Diese Aufgabe kennt das geladene Modell nicht.",
    no_edit:
      "Darin erkenne ich keine Bearbeitung. Bitte sag, was sich am Bild ändern soll, oder wähle `aufgabe` selbst.",
    unsafe_picture:
      "Dieses Bild darf ich hier nicht bearbeiten: Meine Prüfung hält es für etwas, das nicht alle sehen sollten. Manchmal irrt sie sich. Ich habe das Bild nicht behalten, und es wird dir nicht angerechnet. In einem Kanal mit Altersbeschränkung würde ich es bearbeiten.",
    unsafe_result:
      "Was daraus geworden ist, zeige ich nicht: Meine Prüfung hält es für etwas, das nicht alle sehen sollten. Manchmal irrt sie sich. Ich habe das Ergebnis nicht behalten, und es wird dir nicht angerechnet. Andere Worte oder ein anderer `seed` können helfen.",
    bad_model: "Das Modell auf diesem Server ist nicht brauchbar. Bitte sag es denen, die den Bot betreiben.",
    not_found: "Das gibt es nicht mehr. Bitte fang noch einmal mit dem Bild an.",
    limit_reached: "Das ist gerade mehr, als hineinpasst. Bitte versuch es später noch einmal.",
    cancelled: "🛑 Die Bearbeitung wurde abgebrochen. Sie wird dir nicht angerechnet.",
    expired:
      "Die Bearbeitung musste zu lange warten und wird dir nicht angerechnet. Bitte versuch es später noch einmal.",
    queue_unavailable: "Ich erreiche meine Warteschlange gerade nicht. Bitte versuch es in einer Minute noch einmal.",
    engine_failed: "Die Bearbeitung ist fehlgeschlagen, auch beim zweiten Mal. Versuch es mit einem anderen Bild.",
    download_failed: "Ich konnte das Bild nicht herunterladen. Bitte versuch es noch einmal.",
    forbidden: "Das ist hier nicht erlaubt.",
    internal: (supportCode) => `Etwas ist schiefgegangen (Supportcode \`${supportCode}\`).`,
  },
};
