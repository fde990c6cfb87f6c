/** Imports files into a home and prints the most memory that it took, in bytes: run as a process of its own. */
import { day } from '#lib/basis/day.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { benchActor } from './import.ts';

const [home = '', ...files] = process.argv.slice(2);
const warehouse = await openWarehouse(home, { create: true });
const options = { today: day(2026, 4, 30), now: '2026-04-30T08:00:00Z', locale: 'en' as const };
await importPaths(warehouse, files, {}, options, benchActor);
await warehouse.engine.close();
console.log(process.resourceUsage().maxRSS * 1024);
