import type { Readable, Reading } from './resource.svelte';

type Values<All extends Record<string, Readable<unknown>>> = {
  [Name in keyof All]: All[Name] extends Readable<infer T> ? T : never;
};

/** Several readings as one: failed if any failed, loading until all are there. */
export function combine<All extends Record<string, Readable<unknown>>>(all: All): Readable<Values<All>> {
  return {
    get reading() {
      return combined(all);
    },
    get isBusy() {
      return Object.values(all).some((one) => one.isBusy);
    },
    refresh() {
      for (const one of Object.values(all)) one.refresh();
    },
  };
}

function combined<All extends Record<string, Readable<unknown>>>(all: All): Reading<Values<All>> {
  const values: Partial<Record<keyof All, unknown>> = {};
  let isLoading = false;
  let stale = false;
  let problem = null;
  for (const [name, { reading }] of Object.entries(all)) {
    if (reading.kind === 'failed') return reading;
    if (reading.kind === 'loading') {
      isLoading = true;
      continue;
    }
    values[name as keyof All] = reading.value;
    stale ||= reading.stale;
    problem ??= reading.problem;
  }
  if (isLoading) return { kind: 'loading' };
  return { kind: 'data', value: values as Values<All>, stale, problem };
}
