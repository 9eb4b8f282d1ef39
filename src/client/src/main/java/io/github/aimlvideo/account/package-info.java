/**
 * The money of an account: {@link io.github.aimlvideo.account.Account} has its balance, its ledger
 * and its logs.
 */
@NullMarked
package io.github.aimlvideo.account;

import org.jspecify.annotations.NullMarked;
