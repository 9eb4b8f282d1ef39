const paths = {
  brush: 'M14 4l6 6-8.5 8.5c-1 1-3 1.5-7.5 1.5 0-4.5.5-6.5 1.5-7.500zM11.5 6.500l6 6',
  eraser: 'M8 20l-4.5-4.500a1.5 1.5 0 0 1 0-2L13 4a1.5 1.5 0 0 1 2 0l5 5a1.5 1.5 0 0 1 0 2L11 20zM8.5 8.500l7 7M8 20h13',
  fill: 'M4 12l7-7 7 7-6 6.500a1.5 1.5 0 0 1-2 0zM11 5L8.5 2.500M4 12h14M20.5 15.500c1 1.5 1.5 2.3 1.5 3a1.5 1.5 0 0 1-3 0c0-.7.5-1.5 1.5-3z',
  polygon: 'M12 4l8 6-3 10H7L4 10zM12 4h.01M20 10h.01M17 20h.01M7 20h.01M4 10h.01',
  trajectory: 'M4 19c3-10 6 1 9-6 1.5-4 3.5-6 7-6M16.5 3.500L20.5 7l-4 3.500M4 19h.01',
  hand: 'M8 13V6.500a1.5 1.5 0 0 1 3 0V11 4.500a1.5 1.5 0 0 1 3 0V11 6.500a1.5 1.5 0 0 1 3 0V15c0 4-2 6.5-6 6.5-3 0-4.5-1.5-6-4L3.5 14A1.5 1.5 0 0 1 6 12.500L8 15',
  undo: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 6 6v2',
  redo: 'M15 6l5 5-5 5M20 11H10a6 6 0 0 0-6 6v2',
  clear: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  'zoom-out': 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5M8 11h6',
  'zoom-in': 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5M8 11h6M11 8v6',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  play: 'M8 5l11 7-11 7z',
  stop: 'M7 7h10v10H7z',
};

/** Decoration: the button around it has the name. */
export function icon(name) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
