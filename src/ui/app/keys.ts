// Which keys belong to what is focused, and which to the page.

const CONTROLS =
  'input, textarea, select, button, a[href], summary, [contenteditable], [role="slider"], [role="tab"], [role="menuitem"], [role="option"], [role="listbox"], [role="menu"], [role="dialog"], [role="radio"], [role="switch"]';

/** True where Space already means something. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(CONTROLS) !== null;
}
