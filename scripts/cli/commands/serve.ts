/** The dashboard: `serve`, and `npm start`, which fills an empty home with the demonstration county first. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { pathToFileURL } from 'node:url';
import { type Bilingual, inLocale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { openHouse } from '#lib/server/warehouse/house.ts';
import { shipped } from '#lib/server/shipped/folder.ts';
import { fillWithDemonstration } from '#lib/server/workflows/demonstration.ts';
import { watchInbox } from '#lib/server/workflows/watch-inbox.ts';
import { machineClock, type Office } from '#lib/server/workflows/office.ts';
import { buildPages } from '../../build-pages.ts';
import type { Command, Invocation } from '../command.ts';

const portByDefault = 3000;
/** The largest sending that a page takes; the rows of a year of a province fit in a tenth of it. */
const largestUpload = '1G';

export const serve: Command = {
	name: 'serve',
	words: { zh: '启动考核看板；Ctrl-C 停止', en: 'the dashboard; Ctrl-C stops it' },
	usage: '',
	options: {
		port: {
			type: 'string',
			value: 'N',
			words: { zh: '端口（默认 3000，或 PORT）', en: 'port (default 3000, or PORT)' }
		},
		host: {
			type: 'string',
			value: 'H',
			words: { zh: '监听的本机地址（默认 localhost）', en: 'address of this machine to listen on (default localhost)' }
		},
		demo: {
			type: 'boolean',
			words: {
				zh: '数据目录为空时先装入演示县（虚构数据）',
				en: 'fill an empty home with the demonstration county (invented) first'
			}
		},
		inbox: {
			type: 'boolean',
			words: {
				zh: '自动导入放进数据目录 inbox/ 的文件',
				en: 'import files that are put into inbox/ of the home by themselves'
			}
		},
		today: {
			type: 'string',
			value: 'DAY',
			words: { zh: '把今天当作哪天（默认今天）', en: 'the day to take for today (default today)' }
		}
	},
	positionals: { least: 0, most: 0 },
	run: async (call) => {
		const host = loopback(call.text('host') ?? 'localhost');
		const port = call.count('port') ?? portOf(call.world.env['PORT']);
		const clock = machineClock(call.day('today'));
		const say = (words: Required<Bilingual>): void => call.progress(inLocale(words, call.locale));
		await buildPages(() => say({ zh: '正在构建页面……', en: 'building the pages…' }));
		const house = await openHouse(call.home);
		try {
			if (call.is('demo')) await fill({ house, clock, actor: call.actor }, call, say);
			const servers = await listen(await pages({ house, clock, actor: call.actor }), host, port);
			const address = `http://${host.includes(':') ? `[${host}]` : host}:${portOfServer(servers[0] as Server)}`;
			call.world.stderr(
				`${inLocale({ zh: `考绩已启动：${address}（Ctrl-C 停止）`, en: `Kaoji is at ${address} (Ctrl-C stops it)` }, call.locale)}\n`
			);
			const stopWatching = call.is('inbox') ? watch({ house, clock, actor: call.actor }, call) : null;
			await untilStopped();
			await stopWatching?.();
			await Promise.all(servers.map(stop));
		} finally {
			await house.close();
		}
		return { json: { home: house.home }, text: [inLocale({ zh: '已停止', en: 'stopped' }, call.locale)] };
	}
};

/** @throws Problem `host_not_loopback`: without accounts, whoever reaches the server may do everything */
function loopback(host: string): string {
	const own = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
	if (!own) throw new Problem('host_not_loopback', { host });
	return host;
}

function portOf(text: string | undefined): number {
	if (text === undefined || text === '') return portByDefault;
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65535)
		throw new Problem('usage', { reason: `PORT=${text}`, command: 'serve' });
	return port;
}

async function fill(
	{ house, clock }: Office,
	call: Invocation,
	say: (words: Required<Bilingual>) => void
): Promise<void> {
	const begins = (): void =>
		say({
			zh: '数据目录为空：正在装入演示县（数据为虚构）……',
			en: 'the home is empty: filling it with the demonstration county (invented)…'
		});
	await fillWithDemonstration(house, { clock, locale: call.locale, begins }, call.actor);
}

/** Watches the inbox and says what came of it; every act stands in the audit log besides. */
function watch({ house, clock, actor }: Office, call: Invocation): () => Promise<void> {
	const say = (words: Required<Bilingual>): void => call.world.stderr(`${inLocale(words, call.locale)}\n`);
	say({ zh: `收件夹：${house.home}/inbox`, en: `inbox: ${house.home}/inbox` });
	return watchInbox(house, { clock, locale: call.locale }, actor, (done) => {
		if ('failed' in done) say({ zh: `收件夹出错：${done.failed}`, en: `the inbox failed: ${done.failed}` });
		else if ('refused' in done) say({ zh: `收件夹：${done.reason}`, en: `inbox: ${done.reason}` });
		else
			say({
				zh: `收件夹：第 ${done.batch} 批，${done.taken.length} 个文件，暂存 ${done.held} 行`,
				en: `inbox: batch ${done.batch}, ${done.taken.length} files, ${done.held} rows held`
			});
	});
}

/** The built pages as a listener that gives every request the office. */
async function pages(office: Office): Promise<RequestListener> {
	// What adapter-node reads when it is loaded. Forms are checked against the origin, which is plain http here.
	process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
	process.env['BODY_SIZE_LIMIT'] = largestUpload;
	const { handler } = (await import(pathToFileURL(shipped('build/handler.js')).href)) as { handler: RequestListener };
	return (request, response) => {
		if (!isOwnName(request.headers.host)) {
			response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end('421\n');
			return;
		}
		request.headers['x-forwarded-proto'] = 'http';
		(request as IncomingMessage & { office: Office }).office = office;
		handler(request, response);
	};
}

/** A page of somebody else's whose name was pointed at this machine (DNS rebinding) comes with that name. */
const isOwnName = (host: string | undefined): boolean =>
	/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host ?? '');

/** Listens; `localhost` means both of its addresses where the machine has both. */
async function listen(listener: RequestListener, host: string, port: number): Promise<Server[]> {
	const hosts = host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
	const servers: Server[] = [];
	for (const one of hosts) {
		const server = createServer(listener);
		try {
			// Where any free port will do, both addresses have the same one.
			const wanted = port === 0 && servers[0] ? portOfServer(servers[0]) : port;
			await new Promise<void>((resolve, reject) => {
				server.once('error', reject);
				server.listen(wanted, one, resolve);
			});
			servers.push(server);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'EADDRINUSE' || code === 'EACCES') {
				await Promise.all(servers.map(stop));
				throw new Problem('port_busy', { port });
			}
			if (servers.length === 0) throw error;
		}
	}
	return servers;
}

const portOfServer = (server: Server): number => (server.address() as AddressInfo).port;

function stop(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeIdleConnections();
		// A browser that keeps its connection must not keep the server.
		setTimeout(() => server.closeAllConnections(), 2000).unref();
	});
}

const untilStopped = (): Promise<void> =>
	new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});
