// forms.json: the request of each model as a plain schema, from which the studio makes a form. It is the client's view without what
// is for Java, and without references, so that its reader needs no library.
import { own, pick } from './schemas.mjs';

const KEYWORDS = ['type', 'format', 'description', 'enum', 'default', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'];

/** The requests of the client's view by model, each without its property `model`. */
export function formsViewOf({ components: { schemas } }) {
  const requests = Object.values(schemas).filter((schema) => schema['x-implements']);
  const forms = requests.flatMap(({ properties: { model, ...properties }, ...request }) => {
    const form = plain({ ...request, properties }, schemas);
    return model['x-values'].map((name) => [name, form]);
  });
  return { models: Object.fromEntries(forms) };
}

function plain(schema, schemas) {
  if (schema.$ref) return plain(own(schemas, schema.$ref.split('/').at(-1)), schemas);
  const { allOf = [], 'x-values': numbers, items, properties, required = [] } = schema;
  return {
    ...Object.assign({}, ...allOf.map((part) => plain(part, schemas))), // a reference, with words beside it
    ...pick(schema, KEYWORDS),
    ...(numbers && { enum: numbers.map(Number) }),
    ...(items && { items: plain(items, schemas) }),
    ...(properties && object(Object.entries(properties), required, schemas)),
  };
}

/** The properties under their names in JSON, and which of them are required. */
function object(properties, required, schemas) {
  const nameOf = ([key, schema]) => schema['x-json-name'] ?? key;
  const must = properties.filter(([key]) => required.includes(key));
  return {
    ...(must.length > 0 && { required: must.map(nameOf) }),
    properties: Object.fromEntries(properties.map((property) => [nameOf(property), plain(property[1], schemas)])),
  };
}
