import { expect } from 'chai';
import hre from 'hardhat';
import { deployRegister } from '../../apps/api/src/modules/register/deploy/deploy.js';
import { DeploymentError } from '../../apps/api/src/modules/register/deploy/deploy-options.js';
import { ROLE as ROLE_IDS } from '../../apps/api/src/modules/register/deploy/deploy-roles.js';
import { chainOf, freshRegister, optionsFor, type Sending } from './support/register.js';

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('was expected to fail');
}

describe('deploying the register', () => {
  it('puts every contract at its predicted address and lists the cash assets', async () => {
    const { deployment, payables, money } = await freshRegister();
    expect(await payables.getFunction('cashAssetCount')()).to.equal(2n);
    const listed = await payables.getFunction('cashAsset')(0);
    expect(listed.token.toLowerCase()).to.equal(deployment.cashAssets[0]?.token);
    expect(await money.getFunction('decimals')()).to.equal(2n);
    expect(deployment.cashAssets[1]?.currency).to.equal('JPY');
    expect(deployment.block).to.equal(1);
  });

  it('leaves the deployer with no role at all', async () => {
    const { manager, network } = await freshRegister();
    const deployer = (await network.ethers.getSigners())[19]?.address;
    for (const role of Object.values(ROLE_IDS)) {
      const [held] = await manager.getFunction('hasRole')(role, deployer);
      expect(held, `role ${role}`).to.equal(false);
    }
  });

  it('sends nothing on a second run and returns the same record', async () => {
    const network = await hre.network.create();
    const deployer = (await network.ethers.getSigners())[19];
    if (deployer === undefined) throw new Error('no deployer');
    const sending: Sending = { count: 0 };
    const options = await optionsFor(network, deployer, sending);
    const first = await deployRegister(options);
    const sent = sending.count;
    await network.provider.request({ method: 'hardhat_mine', params: ['0x20'] });
    const second = await deployRegister(options);
    expect(sending.count).to.equal(sent);
    expect(second).to.deep.equal(first);
  });

  it('goes on wherever a run was broken off', async () => {
    const reference = await hre.network.create();
    const counting: Sending = { count: 0 };
    const other = (await reference.ethers.getSigners())[19];
    if (other === undefined) throw new Error('no deployer');
    const whole = await deployRegister(await optionsFor(reference, other, counting));
    for (let stopAt = 0; stopAt < counting.count; stopAt += 1) {
      const network = await hre.network.create();
      const deployer = (await network.ethers.getSigners())[19];
      if (deployer === undefined) throw new Error('no deployer');
      const broken = await failure(deployRegister(await optionsFor(network, deployer, { count: 0, stopAt })));
      expect(broken.message).to.equal('broken off');
      const continued: Sending = { count: 0 };
      expect(await deployRegister(await optionsFor(network, deployer, continued))).to.deep.equal(whole);
      expect(continued.count).to.equal(counting.count - stopAt);
    }
  });

  it('refuses an account that was used for something else', async () => {
    const network = await hre.network.create();
    const deployer = (await network.ethers.getSigners())[19];
    if (deployer === undefined) throw new Error('no deployer');
    await (await deployer.sendTransaction({ to: deployer.address })).wait();
    const error = await failure(deployRegister(await optionsFor(network, deployer)));
    expect(error).to.be.instanceOf(DeploymentError);
    expect(error.message).to.contain('unused account');
  });

  it('refuses foreign code at a planned address', async () => {
    const network = await hre.network.create();
    const deployer = (await network.ethers.getSigners())[19];
    if (deployer === undefined) throw new Error('no deployer');
    const options = await optionsFor(network, deployer);
    const { addresses } = await deployRegister(options);
    const code = await chainOf(network).code(addresses.payables);
    await network.provider.request({
      method: 'hardhat_setCode',
      params: [addresses.payables, `${code.slice(0, -2)}00`],
    });
    expect((await failure(deployRegister(options))).message).to.contain("is not this build's Payables");
  });

  it('refuses other parameters than those on the chain', async () => {
    const network = await hre.network.create();
    const deployer = (await network.ethers.getSigners())[19];
    if (deployer === undefined) throw new Error('no deployer');
    const options = await optionsFor(network, deployer);
    await deployRegister(options);
    const error = await failure(deployRegister({ ...options, utcOffsetSeconds: 0 }));
    expect(error.message).to.contain('UTC_OFFSET');
  });

  it('refuses one holder for opening and carrying out corrections', async () => {
    const network = await hre.network.create();
    const deployer = (await network.ethers.getSigners())[19];
    if (deployer === undefined) throw new Error('no deployer');
    const options = await optionsFor(network, deployer);
    const roleHolders = { ...options.roleHolders, corrector: options.roleHolders.caseOpener };
    expect((await failure(deployRegister({ ...options, roleHolders }))).message).to.contain('must be two');
  });
});
