import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { socketPath } from '#lib/server/warehouse/socket.ts';
import { inFolder, ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';
import { command, serve, type Served } from '../support/server.ts';

const today = ['--today', '2026-04-30'] as const;
const score = ['score', '--period', '2025Q4', '--json'] as const;
const withoutTimes = (text: string): string => text.replaceAll(/"home":"[^"]*"/g, '"home":""');

describe('while the server runs', () => {
	const { path, remove } = ownFolder();
	const files = writePlaces(join(path, 'files'), manyPlaces(4));
	let alone: string[];
	let served: Served;

	beforeAll(async () => {
		const home = join(path, 'alone');
		alone = [];
		for (const args of [
			['import', ...files, ...today, '--json'],
			score,
			['tally', '--period', '2025Q4', '--scheme', 'xinbei-2025', '--json']
		])
			alone.push((await command(home, ...args)).stdout);
		served = await serve(join(path, 'served'), ...today);
	});
	afterAll(async () => {
		await served.stop();
		remove();
	});

	it('import, score and tally give the same as without it', async () => {
		const through: string[] = [];
		for (const args of [
			['import', ...files, ...today, '--json'],
			score,
			['tally', '--period', '2025Q4', '--scheme', 'xinbei-2025', '--json']
		])
			through.push((await command(served.home, ...args)).stdout);
		expect(through.map(withoutTimes)).toEqual(alone.map(withoutTimes));
		expect(JSON.parse(through[0] ?? '')).toMatchObject({ batch: 1 });
	});

	it('the page shows what the command has imported', async () => {
		const page = await (await fetch(`${served.url}/?period=2025Q4`)).text();
		expect(page).toContain('第1乡');
		expect(page).toContain('4 个乡镇');
	});

	it('a command that fails leaves nothing half done, and its error reads as ever', async () => {
		const before = (await command(served.home, ...score)).stdout;
		const failed = await command(served.home, 'import', join(path, 'nothing.csv'));
		expect(failed.code).toBe(1);
		expect(failed.stderr).toContain('没有这个文件');
		expect((await command(served.home, ...score)).stdout).toBe(before);
	});

	it.skipIf(process.platform === 'win32')('nobody but the owner may speak to it', () => {
		expect(statSync(socketPath(served.home)).mode & 0o777).toBe(0o600);
	});

	it('a second server over the same home is refused', async () => {
		const { code, stderr } = await command(served.home, 'serve', '--port', '0');
		expect(code).toBe(1);
		expect(stderr).toContain('正被另一个 Kaoji 使用');
	});
});

describe('a server that is gone', () => {
	it('leaves the home to commands, whether it was stopped or killed', async () => {
		await inFolder(async (folder) => {
			const home = join(folder, 'home');
			const files = writePlaces(join(folder, 'files'), manyPlaces(2));
			const first = await serve(home, ...today);
			expect((await command(home, 'import', ...files, ...today)).code).toBe(0);
			expect(await first.stop()).toBe(0);
			expect((await command(home, ...score)).code).toBe(0);
			const second = await serve(home, ...today);
			await second.kill();
			const after = await command(home, ...score);
			expect(after.stderr).toBe('');
			expect(after.code).toBe(0);
		});
	});

	it('listens on this machine only', async () => {
		await inFolder(async (folder) => {
			const { code, stderr } = await command(folder, 'serve', '--host', '0.0.0.0');
			expect(code).toBe(1);
			expect(stderr).toContain('不是本机地址');
		});
	});
});
