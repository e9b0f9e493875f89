'use strict';
// What esm_loader does to get a linked graph, where each resolving and loading may wait: by way of state.asyncHooks.

const { importConditions } = require('internal/modules/conditions');
const loader = require('internal/modules/esm_loader');
const syncHooks = require('internal/modules/hooks');
const { state } = require('internal/modules/shared');
const binding = internalBinding('modules');

// Hooks of module.registerHooks() come first and cannot wait: with them, the asynchronous ones are waited for in line.
function resolve(specifier, parentUrl, attributes, isMain) {
  if (syncHooks.hasResolve()) return loader.resolveRequest(specifier, parentUrl, attributes, importConditions());
  return state.asyncHooks.resolve(specifier, isMain ? undefined : parentUrl, attributes);
}

function load(url, format, attributes) {
  if (syncHooks.hasLoad()) return loader.loadSource(url, format, attributes, importConditions());
  return state.asyncHooks.load(url, format, attributes);
}

/** Graphs that are being loaded; a graph may depend on modules of another. @type {Set<Promise<unknown>>} */
const underWay = new Set();

async function obtain(specifier, parentUrl, attributes, isMain) {
  const { url, format, importAttributes = attributes } = await resolve(specifier, parentUrl, attributes, isMain);
  const key = loader.keyOf(url, importAttributes);
  const known = loader.jobs.get(key);
  if (known !== undefined) return [known, false];
  const loaded = await load(url, format, importAttributes);
  const raced = loader.jobs.get(key);
  if (raced !== undefined) return [raced, false];
  const job = loader.translate(url, loaded, isMain, /* hooked */ true);
  loader.jobs.set(key, job);
  return [job, true];
}

async function linkAll(added) {
  for (let i = 0; i < added.length; i++) {
    const job = added[i];
    const wraps = [];
    for (const { specifier, attributes, phase } of job.wrap.getModuleRequests()) {
      if (wraps.length === 0 && job.wrap.companion !== undefined) {
        wraps.push(job.wrap.companion);
        continue;
      }
      if (phase === binding.kSourcePhase) {
        wraps.push(loader.obtainSource(specifier, job.url, attributes, loader.importOptions()));
        continue;
      }
      const [dependency, isNew] = await obtain(specifier, job.url, attributes, false);
      if (isNew) added.push(dependency);
      wraps.push(dependency.wrap);
    }
    job.wrap.link(wraps);
    job.linked = true;
  }
}

/** What esm_loader's getJob() does. */
async function getJob(specifier, parentUrl, attributes, isMain) {
  const [root, isNew] = await obtain(specifier, parentUrl, attributes, isMain);
  const added = isNew ? [root] : [];
  const linking = linkAll(added);
  underWay.add(linking);
  try {
    await linking;
  } catch (error) {
    const failed = new Set(added);
    for (const [key, job] of loader.jobs) {
      if (failed.has(job)) loader.jobs.delete(key);
    }
    throw error;
  } finally {
    underWay.delete(linking);
  }
  // Modules of other graphs may not be linked yet; none of them waits for this one here.
  if (!isNew || underWay.size > 0) await Promise.allSettled(underWay);
  return root;
}

/** What esm_loader's link() does for a module that has no URL to load it from. */
function linkRoot(job) {
  return linkAll([job]);
}

module.exports = { getJob, linkRoot };
