package io.github.aimlvideo.internal;

import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.catalog.Catalog;
import io.github.aimlvideo.internal.account.DefaultAccount;
import io.github.aimlvideo.internal.catalog.CatalogReader;
import io.github.aimlvideo.internal.core.BlockingCalls;
import io.github.aimlvideo.internal.core.OperationContext;
import io.github.aimlvideo.internal.create.ClientRequestId;
import io.github.aimlvideo.internal.create.LogSearch;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import io.github.aimlvideo.internal.http.GenerationReader;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What is read without events: polls and searches of the logs, once; catalogue and account. */
final class SingleRequests {
  private final OperationContext context;
  private final ApiHttp api;
  private final LogSearch logs;
  private final Executor callbacks;
  private final Account account;
  private final CatalogReader catalog;

  SingleRequests(OperationContext context, ApiHttp api, LogSearch logs, Executor callbacks) {
    this.context = context;
    this.api = api;
    this.logs = logs;
    this.callbacks = callbacks;
    this.account = new DefaultAccount(context, api);
    this.catalog = new CatalogReader(context, api);
  }

  Account account() {
    return account;
  }

  Catalog catalog() {
    return catalog.read();
  }

  VideoGeneration get(String id) {
    VideoGeneration known = context.tracked(id).generation();
    return BlockingCalls.await(
        poll(known, Runnable::run), e -> ApiExceptions.failed("the poll", known, null, e));
  }

  CompletableFuture<VideoGeneration> getAsync(String id) {
    return poll(context.tracked(id).generation(), callbacks);
  }

  private CompletableFuture<VideoGeneration> poll(VideoGeneration known, Executor completions) {
    context.checkOpen();
    return api.retrieve(known.id(), ApiHttp.POLL_LIMIT)
        .send()
        .handleAsync(
            (response, failure) -> {
              if (failure != null) throw ApiExceptions.failed("the poll", known, null, failure);
              return polled(response, known);
            },
            completions);
  }

  private static VideoGeneration polled(
      ApiResponse<VideoGenerationResponse> response, VideoGeneration known) {
    if (!response.isSuccess()) throw ApiExceptions.refused(response, known, null);
    return GenerationReader.polled(response, known)
        .orElseThrow(() -> ApiExceptions.unreadable(response, known, null));
  }

  Optional<VideoGeneration> recover(String clientRequestId) {
    return BlockingCalls.await(
        search(clientRequestId, Runnable::run), e -> ApiExceptions.inLogs(e, clientRequestId));
  }

  CompletableFuture<Optional<VideoGeneration>> recoverAsync(String clientRequestId) {
    return search(clientRequestId, callbacks);
  }

  private CompletableFuture<Optional<VideoGeneration>> search(
      String clientRequestId, Executor completions) {
    context.checkOpen();
    return logs.find(ClientRequestId.checked(clientRequestId))
        .handleAsync(
            (id, failure) -> {
              if (failure != null) throw ApiExceptions.inLogs(failure, clientRequestId);
              return id.map(found -> GenerationReader.unknown(found, clientRequestId));
            },
            completions);
  }
}
