/* Numbers out of strings of bits; src/search/bits.rs and src/search/encode.rs write
   them. */

/* Posting lists in a chunk. */
const CHUNK = 16;

const damaged = () => new Error("search: damaged file");

class Bits {
  /** @param {string} base64 */
  constructor(base64) {
    const raw = atob(base64);
    /* Zeros behind the end, so that a window never leaves the array. */
    this.bytes = new Uint8Array(raw.length + 8);
    for (let at = 0; at < raw.length; at++) this.bytes[at] = raw.charCodeAt(at);
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
  /** Whether so many numbers may follow: each takes a bit at least.
     @param {number} count */
  require(count) {
    if (count > this.end - this.position) throw damaged();
  }
  /** @param {number} count
     @param {number} bound */
  rising(count, bound) {
    this.require(count);
    const rice = parameter(bound, count), numbers = new Int32Array(count);
    for (let at = 0, next = 0; at < count; at++) {
      numbers[at] = next + this.rice(rice);
      next = numbers[at] + 1;
    }
    return numbers;
  }
  /** Rising characters, by their code points.
     @param {number} count */
  characters(count) {
    this.require(count);
    const found = new Int32Array(count);
    if (!count) return found;
    let code = found[0] = this.bits(21);
    const rice = parameter(0x5200, count);
    for (let at = 1; at < count; at++) found[at] = code += this.rice(rice) + 1;
    return found;
  }
}

/** @param {number} bound
   @param {number} count */
function parameter(bound, count) {
  const mean = Math.floor(bound * 11 / (16 * Math.max(1, count)));
  return mean < 2 ? 0 : 31 - Math.clz32(mean);
}

/** Posting lists that stand one behind the other in chunks, and are read when they are
   asked for: `read(bits, at)` reads the one at a place.
   @template T */
class ChunkedLists {
  /** @param {Bits} bits
     @param {number} count
     @param {(bits: Bits, at: number) => T} read */
  constructor(bits, count, read) {
    this.bits = bits;
    this.count = count;
    this.read = read;
    /** @type {T[]} */
    this.lists = [];
    const width = bits.bits(6);
    if (width > 31) throw damaged();
    /** @type {number[]} */
    this.starts = [];
    let from = 0;
    for (let at = 0; at < count; at += CHUNK) {
      this.starts.push(from);
      from += bits.bits(width);
    }
    this.base = bits.position;
    bits.position += from;
  }
  /** @param {number} index */
  get(index) {
    if (!this.lists[index]) {
      const first = index - index % CHUNK, end = Math.min(first + CHUNK, this.count);
      this.bits.position = this.base + this.starts[first / CHUNK];
      for (let at = first; at < end; at++) this.lists[at] = this.read(this.bits, at);
    }
    return this.lists[index];
  }
}

/** Where the first of some rising numbers stands that is not below another.
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

export { Bits, ChunkedLists, lowerBound };
