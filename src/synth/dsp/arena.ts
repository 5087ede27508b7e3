// The kernels' memory, handed out in 16-byte-aligned, zeroed blocks; freed blocks are kept per size and used again.
import type { Ptr } from '../kernelExports.ts';
import type { Kernels } from './kernels.ts';

const ALIGN = 16;

export class Arena {
  readonly #memory: ArrayBuffer;
  #next: number;
  readonly #free = new Map<number, Ptr[]>();

  constructor(kernels: Kernels) {
    this.#memory = kernels.memory;
    this.#next = roundUp(kernels.heapBase());
  }

  /** Throws a RangeError when the memory is used up; nothing is changed then. */
  alloc(bytes: number): Ptr {
    const size = roundUp(bytes);
    const used = this.#free.get(size)?.pop();
    if (used !== undefined) {
      new Uint8Array(this.#memory, used, size).fill(0);
      return used;
    }
    if (this.#next + size > this.#memory.byteLength) throw new RangeError('The sound engine is out of memory.');
    const ptr = this.#next;
    this.#next += size;
    return ptr;
  }

  release(ptr: Ptr, bytes: number): void {
    const size = roundUp(bytes);
    const list = this.#free.get(size);
    if (list) list.push(ptr);
    else this.#free.set(size, [ptr]);
  }

  /** A float32 buffer of `length` samples. */
  floats(length: number): Ptr {
    return this.alloc(length * 4);
  }

  /** A lasting view of `length` float32 values at `ptr` (the memory never moves). */
  view(ptr: Ptr, length: number): Float32Array {
    return new Float32Array(this.#memory, ptr, length);
  }

  /** An arena that remembers what it gave, to give all of it back at once. */
  scope(): ArenaScope {
    return new ArenaScope(this);
  }
}

export class ArenaScope {
  readonly #arena: Arena;
  readonly #given: [Ptr, number][] = [];
  readonly #children: ArenaScope[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }
  alloc(bytes: number): Ptr {
    const ptr = this.#arena.alloc(bytes);
    this.#given.push([ptr, bytes]);
    return ptr;
  }
  floats(length: number): Ptr {
    return this.alloc(length * 4);
  }
  view(ptr: Ptr, length: number): Float32Array {
    return this.#arena.view(ptr, length);
  }
  /** A scope that may be given back by itself, and is given back with this one. */
  child(): ArenaScope {
    const child = new ArenaScope(this.#arena);
    this.#children.push(child);
    return child;
  }
  releaseAll(): void {
    for (const child of this.#children) child.releaseAll();
    this.#children.length = 0;
    for (const [ptr, bytes] of this.#given) this.#arena.release(ptr, bytes);
    this.#given.length = 0;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGN) * ALIGN;
}
