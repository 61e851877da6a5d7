import type { Random } from "../random.ts";

/** What is written in training scenes: at most six letters, so that it reads at 64 pixels. No name of an object or a colour. */
export const words: readonly string[] = `
OK HI GO NO YES UP BELOW OFF AGAIN OUT NEW OLD BIG FUN WOW YAY HEY BYE HOT ICE JOY LOVE LIKE HOPE HOME FOOD TOFFEE PIE TEA MILK
JAM EGG NUT SOUP RICE CORN PIZZA SUGAR HONEY BREAD FRUIT CHERRY LEMON PEACH MELON CANDY COOKIE SALE SHOP SOLD OPEN CLOSED
FREE CHEAP MENU CAFE BAR PUB HOTEL TAXI BUS TRAIN METRO STOP WAIT SLOW FAST PUSH PULL EXIT ENTER LEFT RIGHT NORTH SOUTH
EAST WEST PARK BEACH LAKE RIVER SEA HILL CITY TOWN ROAD FARM ZOO CAMP WOODS SPACE EARTH MARS NIGHT DAY WEEK MONTH YEAR
MAY JUNE JULY APRIL MONDAY FRIDAY SUNDAY SPRING SUMMER WINTER AUTUMN WIND STORM HELLO THANKS CHEERS SORRY GREAT COOL NICE
SUPER BEST GOOD BAD WIN LOSE WINNER CHAMP HERO DUKE LADY ROYAL MAGIC DREAM HAPPY SMILE LAUGH PARTY MUSIC DANCE SONG ROCK
JAZZ DISCO GAME PLAY SCORE GOAL TEAM SPORT RUN JUMP SWIM CLIMB RACE BIKE SKATE SURF YOGA PAGE READ WRITE STORY NEWS POST
MAIL CALL PHONE PHOTO VIDEO MOVIE FILM SHOW STAGE SCHOOL CLASS MATH TEST QUIZ IDEA THINK LEARN TEACH PAINT DRAW COLOR ART
PIXIE GLITZ RICH SILVER BABY MOM DAD BRO SIS UNCLE AUNT FAMILY FRIEND LUCKY BRAVE SMART QUICK QUIET LOUD CRAZY FUNNY WILD
ZERO ONE TWO THREE FIVE SEVEN TEN FIRST LAST NEXT MORE LESS FULL EMPTY PEACE EXTRA VIP BOSS JACK LUCY EMMA OSCAR ZOE MAX
`
  .trim()
  .split(/\s+/);

/** What only benchmark scenes say: a model must spell, not remember. */
export const heldOutWords: readonly string[] = `
GIFTS MARKET BAKERY TICKET COFFEE PUZZLE JUNGLE VOYAGE CIRCUS QUEST FLASH SPOOKY SHIELD SAILOR POTION DONUT TOAST OLIVE
GRAPE MANGO NORMAL ISLAND VALLEY BRIDGE STREET POCKET JACKET BUTTON CARPET HUNT VOTE HURRY LAZY FIX ZAP KEY
`
  .trim()
  .split(/\s+/);

const heldOut = new Set(heldOutWords);
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function letterString(random: Random, longest: number): string {
  const length = Math.min(longest, 2 + random.int(5));
  return Array.from({ length }, () => letters[random.int(26)]).join("");
}

/** A number as it stands on signs: 7, 42, 100, 2024. */
const number = (random: Random, longest: number): string =>
  String(1 + random.int(10 ** Math.min(longest, 1 + random.int(4)) - 1));

/** What a text says, at most `longest` characters: mostly a word, now and then a number or letters to be spelt. */
export function sampleWords(random: Random, longest: number, benchmark: boolean): string {
  for (;;) {
    const manner = random.next();
    const text =
      manner < 0.62
        ? random.pick(benchmark && random.chance(0.6) ? heldOutWords : words)
        : manner < 0.78
          ? number(random, longest)
          : manner < 0.84
            ? `${random.pick(words)}${random.pick(["!", "?"])}`
            : letterString(random, longest);
    if (text.length <= longest && (benchmark || !heldOut.has(text))) return text;
  }
}
