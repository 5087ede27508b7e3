// Viewport width in rem: a small screen and large text call for the same layout.

const COLUMNS_REM = 70;
const WIDE_REM = 46;
const NARROW_REM = 22;
const TIGHT_REM = 19;

/** Width of the page in rem and the layouts that follow from it. */
export class Viewport {
  /** Width of the page in rem. */
  rem: number = $state(COLUMNS_REM);
  /** Library, stage and sculpting side by side. */
  readonly columns = $derived(this.rem >= COLUMNS_REM);
  /** Stage and sculpting side by side. */
  readonly wide = $derived(this.rem >= WIDE_REM);
  /** No room for words on what keeps a sound, beside its name. */
  readonly narrow = $derived(this.rem < NARROW_REM);
  /** No room for words under icons. */
  readonly tight = $derived(this.rem < TIGHT_REM);

  /** Attach to an element that is 1 rem wide. */
  readonly measure = (ruler: HTMLElement): (() => void) => {
    const update = (): void => {
      this.rem = document.documentElement.clientWidth / Math.max(1, ruler.offsetWidth);
    };
    update();
    const observer = new ResizeObserver(update);
    observer.observe(ruler);
    observer.observe(document.documentElement);
    return () => {
      observer.disconnect();
    };
  };

  constructor() {
    this.rem = innerWidth / (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
  }
}
