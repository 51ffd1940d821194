import type { ApiErrorDto, Backend, CommandName, Commands, EventName, Events } from './backend';
import { answers } from './fixtures/answers';
import { isFixture, WORLDS, type FixtureName } from './fixtures/worlds';
import type { World } from './fixtures/world';

/** A host in memory, with the means for a test to play the resident process. */
export interface FixtureBackend extends Backend {
  readonly world: World;
  /** Every call so far, with its parameters. */
  readonly calls: { name: CommandName; params: unknown }[];
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void;
}

type Handlers = { [Name in EventName]: Set<(payload: Events[Name]) => void> };

export function fixtureBackend(name: string): FixtureBackend {
  const known: FixtureName = isFixture(name) ? name : 'data';
  return backendOf({ ...WORLDS[known](), delay: 120 });
}

export function backendOf(world: World): FixtureBackend {
  const handlers: Handlers = {
    live: new Set(),
    changed: new Set(),
    navigate: new Set(),
    ask_closing: new Set(),
  };
  const calls: FixtureBackend['calls'] = [];
  const emit: FixtureBackend['emit'] = (name, payload) => {
    for (const handler of handlers[name]) handler(payload);
  };
  const given = answers(world, emit);
  if (world.asksClosing) setTimeout(() => emit('ask_closing', null), 400);
  return {
    world,
    calls,
    emit,
    async call<Name extends CommandName>(
      name: Name,
      params: Commands[Name]['params'],
    ): Promise<Commands[Name]['reply']> {
      calls.push({ name, params });
      await pass(world.delay);
      if (world.silent.includes(name)) return never();
      const failure: ApiErrorDto | undefined = world.failing[name];
      if (failure) throw failure;
      return structuredClone(await given[name](params));
    },
    on(name, handler) {
      handlers[name].add(handler);
      return () => handlers[name].delete(handler);
    },
  };
}

const never = () => new Promise<never>(() => undefined);

const pass = (milliseconds: number) =>
  milliseconds === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, milliseconds));
