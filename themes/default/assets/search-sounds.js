/* Words of the texts by how they sound. src/search/sounds.rs writes the files, of which a search loads those
   that it needs: the common characters by syllable, and pairs of characters by their syllables. */
import { Bits } from "./search-bits.js";
import { load } from "./search-loader.js";

/** What the manifest says of the files: that of the characters, those of the pairs, and the first syllables
    of each.
    @typedef {{ characters: string, files: string[], first: string[] }} SoundFiles */

class Sounds {
  /** @param {SoundFiles} manifest */
  constructor(manifest) {
    this.manifest = manifest;
    /** Syllables by character. @type {Map<string, string[]> | null} */
    this.characters = null;
  }

  /** Loads the common characters. */
  async prepare() {
    if (this.characters) return;
    /** @type {[string, string]} */
    const [syllables, base64] = await load(this.manifest.characters), bits = new Bits(base64);
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const syllable of syllables.split(" ")) {
      for (const code of bits.rising(bits.gamma(), 0x110000)) {
        const character = String.fromCodePoint(code), known = found.get(character);
        if (known) known.push(syllable); else found.set(character, [syllable]);
      }
    }
    this.characters = found;
  }

  /** The pairs that sound so, the most frequent one first.
     @param {string} syllables
     @returns {Promise<string[]>} */
  async find(syllables) {
    const { files, first } = this.manifest;
    let file = -1;
    while (file + 1 < first.length && first[file + 1] <= syllables) file++;
    if (file < 0) return [];
    /** @type {[string, string]} */
    const [keys, words] = await load(files[file]);
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
    await this.prepare();
    const known = /** @type {Map<string, string[]>} */ (this.characters), seconds = known.get(b) || [];
    const keys = (known.get(a) || []).flatMap((first) => seconds.map((second) => first + second));
    return (await Promise.all(keys.map((key) => this.find(key)))).flat();
  }
}

export { Sounds };
