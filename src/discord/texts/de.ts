import type { PictureFault } from "../../images/PictureProblem.ts";
import type { Texts } from "./en.ts";
import { inMegapixels, inMiB } from "./numbers.ts";

/** Alles, was der Bot sagt, auf Deutsch. */
export const de: Texts = {
  commands: {
    edit: "Ein Bild bearbeiten: sag, was sich ändern soll",
    image: "Das Bild: PNG, JPEG oder WebP",
    instruction: "Was sich ändern soll, zum Beispiel: make the boat red",
    task: "Die Art der Bearbeitung; ohne Angabe ergibt sie sich aus der Anweisung",
    seed: "Eine Zahl; dieselbe Zahl ergibt wieder dasselbe Bild",
    steps: "Wie lange daran gearbeitet wird: mehr Schritte, feineres Ergebnis",
    editThisImage: "Bild bearbeiten",
    help: "Was dieser Bot kann, und wie",
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
    instruction: "Was soll sich ändern?",
    placeholder: "make the boat red",
    task: "Art der Bearbeitung",
  },
  progress: {
    received: "Alles klar, die Bearbeitung ist unterwegs …",
    waiting: (position) =>
      position <= 1 ? "⏳ Du bist als Nächstes dran." : `⏳ In der Warteschlange: Platz ${position}.`,
    noWorker: "⏳ Gerade läuft kein Rechner dafür. Deine Bearbeitung wartet auf einen.",
    starting: "🎨 Ich sehe mir das Bild an …",
    step: (bar, step, steps) => `🎨 ${bar} Schritt ${step} von ${steps}`,
  },
  result: {
    predicted: (task, percent) => `${task} (${percent} %)`,
    seed: (seed) => `Seed ${seed}`,
    steps: (steps) => (steps === 1 ? "1 Schritt" : `${steps} Schritte`),
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
  help: [
    "**Ich bearbeite Bilder nach Anweisung.**",
    "• `/edit` nimmt ein Bild und einen Satz, zum Beispiel *make the boat red*.",
    "• Bei jeder Nachricht mit einem Bild: *Apps → Bild bearbeiten*.",
    "• Die Art der Bearbeitung erkenne ich aus dem Satz. Rate ich falsch, dann wähle unter dem Ergebnis bei *Noch einmal als …* eine andere.",
    "• Dasselbe Bild, derselbe Satz und derselbe `seed` ergeben wieder dasselbe Ergebnis.",
    "Bilder können PNG, JPEG oder WebP sein; das Ergebnis ist so groß wie deines.",
  ].join("\n"),
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
    noPicture: "Ich sehe in dieser Nachricht kein Bild.",
    foreignPicture: "Ich nehme nur Bilder, die auf Discord hochgeladen wurden. Bitte lade deines mit `/edit` hoch.",
    unknownTask: (task, known) =>
      known === ""
        ? "Das geladene Modell kennt keine Aufgaben; bitte lass `task` weg."
        : `Das geladene Modell kennt die Aufgabe „${task}“ nicht. Es kennt: ${known}.`,
    mayNotAttach:
      "Ich brauche in diesem Kanal das Recht **Dateien anhängen**. Wer den Server verwaltet, kann es mir geben.",
    notYours: "Dieses Formular gehört jemand anderem.",
    formExpired: "Das Formular war zu lange offen. Bitte fang noch einmal bei der Nachricht an.",
    pictureGone: "Dieses Bild habe ich nicht mehr. Bitte fang mit `/edit` neu an.",
    mayNotRedo:
      "Um zu wiederholen, worum jemand anderes gebeten hat, musst du hier Befehle verwenden und Dateien anhängen dürfen.",
    badSteps: "Steps muss eine ganze Zahl von 1 bis 100 sein.",
    unknownCommand: "Das kenne ich nicht mehr. Bitte versuch es in einer Minute noch einmal.",
    bad_usage: "Mit diesen Angaben geht das nicht.",
    bad_image: "Das Bild ist beschädigt oder von einer Art, die ich nicht lese. Bitte schick PNG, JPEG oder WebP.",
    image_too_large: "Das Bild ist zu groß.",
    bad_instruction: "Bitte sag in 1 bis 1.000 Zeichen, was sich ändern soll.",
    unknown_task: "Diese Aufgabe kennt das geladene Modell nicht.",
    no_edit: "Darin erkenne ich keine Bearbeitung. Bitte sag, was sich am Bild ändern soll, oder wähle `task` selbst.",
    bad_model: "Das Modell auf diesem Server ist nicht brauchbar. Bitte sag es denen, die den Bot betreiben.",
    not_found: "Das gibt es nicht mehr. Bitte fang noch einmal mit dem Bild an.",
    cancelled: "Die Bearbeitung wurde abgebrochen.",
    expired: "Die Bearbeitung musste zu lange warten. Bitte versuch es später noch einmal.",
    queue_unavailable: "Ich erreiche meine Warteschlange gerade nicht. Bitte versuch es in einer Minute noch einmal.",
    engine_failed: "Die Bearbeitung ist fehlgeschlagen, auch beim zweiten Mal. Versuch es mit einem anderen Bild.",
    download_failed: "Ich konnte das Bild nicht herunterladen. Bitte versuch es noch einmal.",
    forbidden: "Das ist hier nicht erlaubt.",
    internal: (supportCode) => `Etwas ist schiefgegangen (Supportcode \`${supportCode}\`).`,
  },
};
