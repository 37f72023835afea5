'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** So close to the end counts as being there, in pixels. */
const nearPixels = 64;

/**
 * Keeps the end of what scrolls in sight while the element grows, unless its reader has scrolled up. `isAway` says that
 * they have; `jump` brings them back. Without a `scroller` the whole page scrolls.
 */
export function useStickToEnd(
  element: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): { isAway: boolean; jump: () => void } {
  const [isAway, setAway] = useState(false);
  const away = useRef(false);
  const settle = useCallback((next: boolean) => {
    away.current = next;
    setAway(next);
  }, []);
  const toEnd = useCallback(() => {
    const scrolled = scroller.current ?? document.documentElement;
    scrolled.scrollTo({ top: scrolled.scrollHeight });
  }, [scroller]);
  const jump = useCallback(() => {
    settle(false);
    toEnd();
  }, [settle, toEnd]);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const scrolled = scroller.current ?? document.documentElement;
    const events: EventTarget = scroller.current ?? window;
    let before = scrolled.scrollTop;
    const onScroll = () => {
      const { scrollHeight, clientHeight, scrollTop } = scrolled;
      const isNear = scrollHeight - clientHeight - scrollTop < nearPixels;
      // Growing content moves the end away from the reader; only going up is leaving it.
      if (isNear) settle(false);
      else if (scrollTop < before) settle(true);
      before = scrollTop;
    };
    const observer = new ResizeObserver(() => {
      if (!away.current) toEnd();
    });
    observer.observe(target);
    events.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      events.removeEventListener('scroll', onScroll);
    };
  }, [element, scroller, settle, toEnd]);
  return { isAway, jump };
}
