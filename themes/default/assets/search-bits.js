/* Reads numbers from strings of bits, which src/search/bits.rs and src/search/encode.rs write. The codes
   are described in docs/search-format.md. */

const damaged = () => new Error("search: damaged file");

class Bits {
  /** @param {string} base64 */
  constructor(base64) {
    const raw = atob(base64);
    /* With zeros after the end, so that a window never leaves the array. */
    this.bytes = new Uint8Array(raw.length + 8);
    for (let i = 0; i < raw.length; i++) this.bytes[i] = raw.charCodeAt(i);
    this.position = 0;
    this.end = raw.length * 8;
  }
  /* The next 32 bits. */
  window() {
    const { bytes } = this, from = this.position >> 3, shift = this.position & 7;
    if (this.position > this.end) throw damaged();
    const four = bytes[from] << 24 | bytes[from + 1] << 16 | bytes[from + 2] << 8 | bytes[from + 3];
    return four << shift | bytes[from + 4] >> (8 - shift);
  }
  bit() {
    const bit = this.bytes[this.position >> 3] >> (7 - (this.position & 7)) & 1;
    this.position++;
    return bit;
  }
  /** At most 31.
     @param {number} count */
  bits(count) {
    if (!count) return 0;
    const value = this.window() >>> (32 - count);
    this.position += count;
    return value;
  }
  gamma() {
    const length = Math.clz32(this.window());
    if (length > 31) throw damaged();
    this.position += length + 1;
    return 1 << length | this.bits(length);
  }
  /** @param {number} width */
  rice(width) {
    let high = 0, ones;
    while ((ones = Math.clz32(~this.window())) > 31) {
      high += 32;
      this.position += 32;
    }
    this.position += ones + 1;
    return high + ones << width | this.bits(width);
  }
  /** @param {number} bound */
  below(bound) {
    if (bound < 2) return 0;
    const length = 32 - Math.clz32(bound - 1), short = (1 << length) - bound;
    const value = this.bits(length - 1);
    return value < short ? value : (value << 1 | this.bit()) - short;
  }
  /** Rising numbers below a bound, in binary interpolative code.
     @param {number} count
     @param {number} bound */
  rising(count, bound) {
    if (count > bound) throw damaged();
    const numbers = new Int32Array(count);
    if (count) this.between(numbers, 0, count, 0, bound);
    return numbers;
  }
  /** Reads the numbers at some places, which are at least `low` and below `high`.
     @param {Int32Array} numbers
     @param {number} from
     @param {number} to
     @param {number} low
     @param {number} high */
  between(numbers, from, to, low, high) {
    const count = to - from;
    if (high - low === count) {
      for (let place = from; place < to; place++) numbers[place] = low++;
      return;
    }
    const middle = from + (count >> 1);
    const number = numbers[middle] = low + middle - from + this.below(high - low - count + 1);
    if (middle > from) this.between(numbers, from, middle, low, number);
    if (middle + 1 < to) this.between(numbers, middle + 1, to, number + 1, high);
  }
}

/** Posting lists, one after the other in chunks. A chunk is read when a list of it is wanted:
   `read(bits, i)` reads the list with that number.
   @template T */
class ChunkedLists {
  /** @param {Bits} bits
     @param {number} count
     @param {number} chunk lists in a chunk
     @param {(bits: Bits, i: number) => T} read */
  constructor(bits, count, chunk, read) {
    this.bits = bits;
    this.count = count;
    this.chunk = chunk;
    this.read = read;
    /** @type {T[]} */
    this.lists = [];
    const width = bits.bits(6);
    if (width > 31) throw damaged();
    /** @type {number[]} */
    this.starts = [];
    let from = 0;
    for (let i = 0; i < count; i += chunk) {
      this.starts.push(from);
      from += bits.bits(width);
    }
    this.base = bits.position;
    bits.position += from;
  }
  /** @param {number} index */
  get(index) {
    if (!this.lists[index]) {
      const first = index - index % this.chunk, end = Math.min(first + this.chunk, this.count);
      this.bits.position = this.base + this.starts[first / this.chunk];
      for (let i = first; i < end; i++) this.lists[i] = this.read(this.bits, i);
    }
    return this.lists[index];
  }
}

/** The index of the first of some ascending numbers that is not below a value.
   @param {ArrayLike<number>} numbers
   @param {number} value */
function lowerBound(numbers, value) {
  let low = 0, high = numbers.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (numbers[middle] < value) low = middle + 1; else high = middle;
  }
  return low;
}

/* Bits of a short hash of a word with synonyms. */
const HASH_BITS = 20;

export { Bits, ChunkedLists, HASH_BITS, lowerBound };
