import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { OPERATOR_MEMBER, SETTLEMENT_BANK_MEMBER } from '../../common/founding.js';
import { loadMasterKey } from '../../common/master-key.js';
import { CURRENCIES } from '../../common/money.js';
import { Config } from '../../config.js';
import type { RegisterConfig, RegisterGenesis } from './register.config.js';
import { RegisterRuntime } from './register.runtime.js';
import { REGISTER_CONFIG, RegisterService } from './register.service.js';

/** On the register from its first block on; every other organisation is admitted by the operator. */
const FOUNDING: RegisterGenesis = {
  operatorMember: OPERATOR_MEMBER,
  members: [
    { memberId: OPERATOR_MEMBER, roles: ['OPERATOR'] },
    { memberId: SETTLEMENT_BANK_MEMBER, roles: ['SETTLEMENT_BANK'] },
  ],
  settlementBanks: [{ memberId: SETTLEMENT_BANK_MEMBER, currencies: CURRENCIES }],
};

/** The only module that knows a chain. Others see RegisterService and nothing else of it. */
@Module({
  providers: [
    RegisterService,
    {
      provide: REGISTER_CONFIG,
      inject: [Config],
      useFactory: (config: Config): RegisterConfig => ({
        databaseUrl: config.databaseUrl,
        rpcUrl: config.rpcUrl,
        localChain: config.localChain,
        demo: config.demo,
        utcOffsetSeconds: config.utcOffsetSeconds,
        deploymentsDir: resolve('deployments'),
      }),
    },
    {
      provide: RegisterRuntime,
      inject: [REGISTER_CONFIG, Config, Clock],
      useFactory: (config: RegisterConfig, settings: Config, clock: Clock) =>
        new RegisterRuntime({ config, genesis: FOUNDING, masterKey: loadMasterKey(settings), clock }),
    },
  ],
  exports: [RegisterService],
})
export class RegisterModule {}
