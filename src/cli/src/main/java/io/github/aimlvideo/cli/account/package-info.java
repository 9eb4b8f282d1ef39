/** The commands that read the catalogue and the account: what there is, and what was bought. */
@NullMarked
package io.github.aimlvideo.cli.account;

import org.jspecify.annotations.NullMarked;
