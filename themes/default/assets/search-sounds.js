/* Words of the texts by how they sound. src/search/sounds.rs writes the files, of which a search loads those
   that it needs: the common characters by syllable, and pairs of characters by their syllables. */
import { Bits } from "./search-bits.js";
import { load } from "./search-loader.js";

/** What the manifest says of the files: what their names begin with; how many, the first ones, have characters; the first
    syllables of each of the others, which have pairs.
    @typedef {{ name: string, characters: number, first: string[] }} SoundFiles */

class Sounds {
  /** @param {SoundFiles} manifest */
  constructor(manifest) {
    this.manifest = manifest;
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
    const code = Number(character.codePointAt(0)), [syllables, base64] = await this.file(code % this.manifest.characters), bits = new Bits(base64);
    return syllables.split(" ").filter(() => bits.rising(bits.gamma(), 0x110000).includes(code));
  }

  /** The pairs that sound so, the most frequent one first.
     @param {string} syllables
     @returns {Promise<string[]>} */
  async find(syllables) {
    const { characters: before, first } = this.manifest;
    let file = -1;
    while (file + 1 < first.length && first[file + 1] <= syllables) file++;
    if (file < 0) return [];
    const [keys, words] = await this.file(before + file);
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

export { Sounds };
