/** The command that holds a batch or an account against its ledger. */
@NullMarked
package io.github.aimlvideo.cli.audit;

import org.jspecify.annotations.NullMarked;
