// Arena allocator over the kernels' memory: zeroed, 16-byte-aligned blocks; free lists by size.
import type { Ptr } from '../kernelExports.ts';
import type { Kernels } from './kernels.ts';

const ALIGN_BYTES = 16;

/** The allocator of one engine's kernel memory. */
export class Arena {
  readonly #memory: ArrayBuffer;
  #next: number;
  readonly #free = new Map<number, Ptr[]>();

  /** @param kernels - the instance whose memory is allocated */
  constructor(kernels: Kernels) {
    this.#memory = kernels.memory;
    this.#next = roundUp(kernels.heapBase());
  }

  /**
   * Allocates a zeroed block.
   * @param bytes - size
   * @returns its address
   * @throws RangeError when the memory is used up; nothing is changed then
   */
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

  /**
   * Frees a block.
   * @param ptr - from `alloc`
   * @param bytes - the size it was allocated with
   */
  release(ptr: Ptr, bytes: number): void {
    const size = roundUp(bytes);
    const list = this.#free.get(size);
    if (list) list.push(ptr);
    else this.#free.set(size, [ptr]);
  }

  /**
   * Allocates a float32 buffer.
   * @param length - samples
   * @returns its address
   * @throws RangeError when the memory is used up
   */
  floats(length: number): Ptr {
    return this.alloc(length * 4);
  }

  /**
   * A view of float32 values; stays valid, because the memory never grows.
   * @param ptr - address
   * @param length - samples
   * @returns the view
   */
  view(ptr: Ptr, length: number): Float32Array {
    return new Float32Array(this.#memory, ptr, length);
  }

  /**
   * A scope that records its allocations.
   * @returns the scope
   */
  scope(): ArenaScope {
    return new ArenaScope(this);
  }
}

/** Allocations that are released together. */
export class ArenaScope {
  readonly #arena: Arena;
  readonly #allocations: [Ptr, number][] = [];
  readonly #children: ArenaScope[] = [];

  /** @param arena - the allocator */
  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /**
   * As `Arena.alloc`.
   * @param bytes - size
   * @returns the block's address
   * @throws RangeError when the memory is used up
   */
  alloc(bytes: number): Ptr {
    const ptr = this.#arena.alloc(bytes);
    this.#allocations.push([ptr, bytes]);
    return ptr;
  }

  /**
   * As `Arena.floats`.
   * @param length - samples
   * @returns the buffer's address
   * @throws RangeError when the memory is used up
   */
  floats(length: number): Ptr {
    return this.alloc(length * 4);
  }

  /**
   * As `Arena.view`.
   * @param ptr - address
   * @param length - samples
   * @returns the view
   */
  view(ptr: Ptr, length: number): Float32Array {
    return this.#arena.view(ptr, length);
  }

  /**
   * A scope that may be released by itself, and is released with this one.
   * @returns the scope
   */
  child(): ArenaScope {
    const child = new ArenaScope(this.#arena);
    this.#children.push(child);
    return child;
  }

  /** Releases everything allocated through this scope and its children. */
  releaseAll(): void {
    for (const child of this.#children) child.releaseAll();
    this.#children.length = 0;
    for (const [ptr, bytes] of this.#allocations) this.#arena.release(ptr, bytes);
    this.#allocations.length = 0;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGN_BYTES) * ALIGN_BYTES;
}
