/** The balance, the ledger and the logs of an account. */
@NullMarked
package io.github.aimlvideo.internal.account;

import org.jspecify.annotations.NullMarked;
