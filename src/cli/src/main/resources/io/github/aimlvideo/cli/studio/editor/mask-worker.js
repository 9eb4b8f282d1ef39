import {encodeMask} from './png.js';

/** Encodes masks beside the page, so that painting continues meanwhile. */
onmessage = async ({data: {number, labels, label, size}}) => {
  try {
    postMessage({number, blob: await encodeMask(labels, label, size)});
  } catch (error) {
    postMessage({number, error: error.message});
  }
};
