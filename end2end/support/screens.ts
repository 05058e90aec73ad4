/** The screen sizes of the tests. */

export const desktop = { viewport: { width: 1440, height: 900 } };
export const tablet = { viewport: { width: 768, height: 1024 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Up to this width the list of rooms and the open room are two screens. */
export const NARROW = 720;
