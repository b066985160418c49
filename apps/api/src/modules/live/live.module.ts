import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { ChangeFeed } from './change-feed.js';
import { LiveController } from './live.controller.js';

@Module({ imports: [IdentityModule], controllers: [LiveController], providers: [ChangeFeed] })
export class LiveModule {}
