import { type BeforeApplicationShutdown, Controller, Get, type OnModuleInit, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../common/actor.js';
import { DomainError } from '../../common/errors.js';
import { Access } from '../../common/http/access.js';
import { Answers } from '../../common/http/answers.js';
import { CurrentActor } from '../../common/http/request.js';
import { StoredClock } from '../../database/stored-clock.js';
import { SessionsService } from '../identity/sessions.service.js';
import { ChangeFeed } from './change-feed.js';
import { type Stream, Streams } from './streams.js';

/** Shorter than what proxies allow a silent connection. */
const HEARTBEAT_MS = 20_000;
/** A reader this far behind will not catch up; it reconnects and asks for everything. */
const BACKLOG_BYTES_MAX = 65_536;

/** Live updates: which topic to look at again, never the data itself. */
@Controller()
export class LiveController implements OnModuleInit, BeforeApplicationShutdown {
  readonly #streams = new Streams();

  constructor(
    private readonly feed: ChangeFeed,
    private readonly sessions: SessionsService,
    private readonly clock: StoredClock,
  ) {}

  onModuleInit(): void {
    this.feed.onChange((change) => {
      if (change.topic !== 'clock') return this.#streams.tell(change);
      void this.clock.reload().then(() => this.#streams.tell(change));
    });
    this.feed.onBreak(() => this.#streams.closeAll());
  }

  beforeApplicationShutdown(): void {
    this.#streams.closeAll();
  }

  @Get('events')
  @Access({})
  @Answers(200, undefined, { mediaType: 'text/event-stream' })
  streamEvents(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { sessionHash } = request;
    if (!sessionHash) throw new DomainError('SIGNED_OUT');
    if (!this.feed.connected) throw new DomainError('NOT_READY');
    const stream = streamOver(actor, reply);
    if (!this.#streams.add(stream)) throw new DomainError('NOT_READY');
    begin(reply);
    const heartbeat = setInterval(() => {
      void this.#isOpen(sessionHash).then((isOpen) => {
        if (isOpen && stream.send(': still here\n\n')) return;
        this.#streams.remove(stream);
        stream.close();
      });
    }, HEARTBEAT_MS);
    reply.raw.on('close', () => {
      clearInterval(heartbeat);
      this.#streams.remove(stream);
    });
  }

  /** Signing out, or losing one's place in the organisation, ends the stream too. */
  async #isOpen(sessionHash: Buffer): Promise<boolean> {
    return this.sessions.isOpen(sessionHash).catch(() => true);
  }
}

function streamOver(actor: Actor, reply: FastifyReply): Stream {
  return {
    organisationId: actor.organisationId,
    userId: actor.userId,
    send(text) {
      if (reply.raw.destroyed || reply.raw.writableLength > BACKLOG_BYTES_MAX) return false;
      reply.raw.write(text);
      return true;
    },
    close() {
      reply.raw.end();
    },
  };
}

/** Takes the connection out of Fastify's hands, with the headers that were set so far. */
function begin(reply: FastifyReply): void {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    // When the stream ends, so does the connection: an idle one would hold up the end of the process.
    connection: 'close',
  });
  reply.raw.write('retry: 2000\n\n');
}
