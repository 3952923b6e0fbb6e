/* Words of the texts by how they sound. src/search/sounds.rs writes the files, of which a search loads those
   that it needs: how the common characters sound, and pairs of characters by their syllables. */
import { load } from "./search-loader.js";

/** What the manifest says of the files: what their names begin with; the first syllables of each but the first, which
    says how characters sound. The others have pairs.
    @typedef {{ name: string, first: string[] }} SoundFiles */

class Sounds {
  /** @param {SoundFiles} manifest */
  constructor(manifest) {
    this.manifest = manifest;
    /** The syllables of the common characters. @type {Promise<Map<string, string[]>> | null} */
    this.characters = null;
  }

  /** A file: two strings.
     @param {number} number
     @returns {Promise<[string, string]>} */
  file(number) {
    return load(this.manifest.name + "-" + number);
  }

  /** The syllables of a common character, in order.
     @param {string} character */
  async syllablesOf(character) {
    if (!this.characters) {
      this.characters = this.file(0).then(readCharacters);
      this.characters.catch(() => { this.characters = null; });
    }
    return (await this.characters).get(character) || [];
  }

  /** The pairs that sound so, the most frequent one first.
     @param {string} syllables
     @returns {Promise<string[]>} */
  async find(syllables) {
    const { first } = this.manifest;
    let file = -1;
    while (file + 1 < first.length && first[file + 1] <= syllables) file++;
    if (file < 0) return [];
    const [keys, words] = await this.file(file + 1);
    const all = keys.split(" "), place = all.indexOf(syllables);
    if (place < 0) return [];
    const characters = [...words.split(" ")[place]];
    return characters.flatMap((character, i) => i % 2 ? [] : character + characters[i + 1]);
  }

  /** The pairs that sound like two characters.
     @param {string} a
     @param {string} b
     @returns {Promise<string[]>} */
  async alike(a, b) {
    const [firsts, seconds] = await Promise.all([a, b].map((character) => this.syllablesOf(character)));
    const keys = firsts.flatMap((first) => seconds.map((second) => first + second));
    return (await Promise.all(keys.map((key) => this.find(key)))).flat();
  }
}

/** How characters sound: for each syllable how many of GB 2312 have it one after the other, and those that are read
   otherwise.
   @param {[string, string]} file */
function readCharacters([runs, others]) {
  const bytes = [];
  for (let row = 0xB0; row <= 0xD7; row++) for (let cell = 0xA1; cell <= (row < 0xD7 ? 0xFE : 0xF9); cell++) bytes.push(row, cell);
  const all = [...new TextDecoder("gbk").decode(new Uint8Array(bytes))];
  /** @type {Map<string, string[]>} */
  const found = new Map();
  let at = 0;
  for (const run of runs.split(" ")) {
    const [, syllable, count] = /** @type {RegExpExecArray} */ (/^([a-z]*)([0-9]+)$/.exec(run));
    for (const end = at + Number(count); at < end; at++) found.set(all[at], [syllable]);
  }
  for (const [character, ...syllables] of others.split(" ")) found.set(character, syllables.join("").split(",").filter(Boolean));
  return found;
}

export { Sounds };
