import { methodInPlace } from "./decoration.ts";
import { SLICE } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import { describedClass, isSelfDescription } from "./python.ts";
import { isAdded } from "./heap.ts";
import { typed } from "./annotations.ts";
import { NO_ARGUMENTS } from "./arguments.ts";
import { injected } from "./injection.ts";
import type { Interpreter } from "./interpreter.ts";
import { nativeName } from "./natives/names.ts";
import { gotten, inherited, prototypesOf, proxyMember } from "./properties.ts";
import { sliceName } from "./natives/python-names.ts";
import { urlMember } from "./url-objects.ts";
import type { Exported, Resolution } from "./program.ts";
import { packagePath } from "./program.ts";
import { itemOnDemand, memberOnDemand } from "./python-protocol.ts";
import { classAttribute, externalModule } from "./python.ts";
import { constantText } from "./texts.ts";
import type { ClassValue, ExternalValue, TextValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** What `holder.name` can be. */
export function members(trace: Interpreter, holder: Value, name: string, reader: Frame): ValueSet {
  if (name === SLICE) return [trace.values.native(sliceName(holder), holder)];
  switch (holder.kind) {
    case "object":
      return trace.values.allRelying(objectMember(trace, holder, holder.object, name, reader), holder.reliesOn);
    case "module":
      return moduleMember(trace, holder.file, name, reader);
    case "external": {
      const written = trace.externalFields.read(trace, holder.path, name, reader);
      return union(
        trace.values.allRelying(written, holder.reliesOn),
        externalMember(trace, holder, name, reader),
        trace.values,
      );
    }
    case "class":
      return classMember(trace, holder, name, holder, reader);
    case "closure": {
      const native = nativeName(holder, name, reader.language);
      if (native) return [trace.values.native(native, holder)];
      if (name === "prototype") return prototypesOf(trace, holder, reader);
      const object = trace.propertiesOf(holder);
      const values = union(
        trace.read(object.cell(name), reader),
        gotten(trace, object, name, holder, reader),
        trace.values,
      );
      return orUndefined(trace, values);
    }
    case "text": {
      const native = nativeName(holder, name, reader.language);
      return [native ? trace.values.native(native, holder) : partOfText(trace, holder, name)];
    }
    case "native":
    case "pattern": {
      const native = nativeName(holder, name, reader.language);
      return [native ? trace.values.native(native, holder) : trace.values.unknown(`.${name} of the language's own`)];
    }
    case "literal": {
      // A promise of nothing.
      const native = nativeName(holder, name, reader.language);
      if (native) return [trace.values.native(native, holder)];
      return holder.value === null || holder.value === undefined
        ? NOTHING
        : [trace.values.unknown(`.${name} of a constant`)];
    }
    case "unknown":
      return [holder];
  }
}

/** The length of a text that is known, and its characters. */
function partOfText(trace: Interpreter, { pieces }: TextValue, name: string): Value {
  const text = constantText(pieces);
  if (text !== undefined && name === "length") return trace.values.literal(text.length);
  const character = text !== undefined && /^\d+$/.test(name) ? text[Number(name)] : undefined;
  if (character !== undefined) return trace.values.text([{ text: character, offset: -1 }]);
  return trace.values.unknown(`.${name} of a text`);
}

function externalMember(trace: Interpreter, holder: ExternalValue, name: string, reader: Frame): ValueSet {
  const declared = trace.declaredTypes.member(trace, holder, name, reader);
  if (declared && declared.length > 0) return declared;
  const member = trace.values.step(holder, { kind: "member", name });
  const native = nativeName(holder, name, reader.language);
  if (native && !(member.kind === "external" && trace.isClaimed(member.path)))
    return [trace.values.native(native, holder)];
  return [declared ? trace.values.unknown(`the type of its holder does not say what ${name} is`) : member];
}

function orUndefined(trace: Interpreter, values: ValueSet): ValueSet {
  return values.length > 0 ? values : trace.values.undefined;
}

/** What `holder[name]` can be: in Python an item and no attribute. */
export function item(trace: Interpreter, holder: Value, name: string, reader: Frame): ValueSet {
  if (reader.language !== "python" || holder.kind !== "object") return members(trace, holder, name, reader);
  if (holder.object.class) {
    const answered = itemOnDemand(trace, holder, name, reader);
    return answered.length > 0 ? answered : members(trace, holder, name, reader);
  }
  return orUndefined(
    trace,
    union(trace.read(holder.object.cell(name), reader), trace.read(holder.object.rest, reader), trace.values),
  );
}

function objectMember(trace: Interpreter, self: Value, object: HeapObject, name: string, reader: Frame): ValueSet {
  if (object.kind === "proxy" && self.kind === "object") return proxyMember(trace, self, name, reader);
  if (object.kind === "url" && !nativeName(self, name, reader.language)) return urlMember(trace, object, name, reader);
  // What a list or map holds under names nobody knows stands in the way of none of its methods.
  const isOwn = (object.fields.get(name)?.values.length ?? 0) > 0;
  const method = object.class || isOwn ? undefined : nativeName(self, name, reader.language);
  if (method && (object.kind !== "record" || reader.language === "python")) return [trace.values.native(method, self)];
  if (name === "constructor" && object.class && !isOwn && reader.language !== "python") return [object.class];
  let values = union(trace.read(object.cell(name), reader), trace.read(object.rest, reader), trace.values);
  if (object.kind === "list" && /^\d+$/.test(name))
    values = union(values, addedTo(trace, object, reader), trace.values);
  if (object.class) {
    values = union(values, instanceMember(trace, object.class, name, self, reader), trace.values);
    if (!values.some((v) => v.kind !== "unknown" && v.kind !== "literal"))
      values = union(values, declaredField(trace, object.class, name, reader), trace.values);
  }
  values = union(values, gotten(trace, object, name, self, reader), trace.values);
  if (values.length === 0) values = inherited(trace, object, name, self, reader);
  if (values.length === 0) values = memberOnDemand(trace, self, name, reader);
  if (values.length > 0) return values;
  if (object.behind) return externalMember(trace, object.behind, name, reader);
  const native = nativeName(self, name, reader.language);
  return native ? [trace.values.native(native, self)] : trace.values.undefined;
}

/** What was added to a list, at positions nobody knows. */
function addedTo(trace: Interpreter, list: HeapObject, reader: Frame): ValueSet {
  let values: ValueSet = NOTHING;
  for (const [name, cell] of list.fields)
    if (isAdded(name)) values = union(values, trace.read(cell, reader), trace.values);
  if (values.length > 0 || list.fields.size === 0) list.listReaders.add(reader);
  return values;
}

/** A member of an instance, found up the chain of classes; past its end, in the package the last base comes from. */
function instanceMember(
  trace: Interpreter,
  owner: ClassValue,
  name: string,
  self: Value,
  reader: Frame,
  depth = 0,
): ValueSet {
  const found = trace.classSummary(owner);
  if (!found || depth > 20) return NOTHING;
  for (const member of found.summary.members) {
    if (member.name !== name || (member.static && reader.language !== "python")) continue;
    if (member.kind === "method" && member.static)
      return [trace.values.closure(owner.file, member.function, owner.environment, owner)];
    if (member.kind === "method") {
      const inPlace = reader.language === "python" ? NOTHING : methodInPlace(trace, owner, name, self, reader);
      return inPlace.length > 0
        ? inPlace
        : [trace.values.closure(owner.file, member.function, owner.environment, self)];
    }
    if (member.kind === "getter")
      return trace.callMember(
        owner,
        member.function,
        self,
        NO_ARGUMENTS,
        trace.innerContext(reader, `get:${owner.id}.${name}`),
        reader,
        0,
      );
  }
  if (reader.language === "python") {
    const attribute = classAttribute(trace, owner, name, self, reader);
    if (attribute.length > 0) return attribute;
  }
  let values = ofPrototype(trace, owner, name, self, reader);
  if (values.length > 0) return values;
  for (const base of trace.basesOf(owner, reader))
    values = union(values, bindMember(trace, base, name, self, reader, depth + 1), trace.values);
  return values;
}

/** What was put on a class's `prototype` by hand. */
function ofPrototype(trace: Interpreter, owner: Value, name: string, self: Value, reader: Frame): ValueSet {
  if (reader.language === "python") return NOTHING;
  let values: ValueSet = NOTHING;
  for (const prototype of prototypesOf(trace, owner, reader)) {
    if (prototype.kind !== "object") continue;
    const { object } = prototype;
    const own = union(trace.read(object.cell(name), reader), gotten(trace, object, name, self, reader), trace.values);
    values = union(values, own.length > 0 ? own : inherited(trace, object, name, self, reader), trace.values);
  }
  return values;
}

/** A member of a base class, on a receiver. */
export function bindMember(
  trace: Interpreter,
  base: Value,
  name: string,
  self: Value,
  reader: Frame,
  depth = 0,
): ValueSet {
  if (base.kind === "class")
    return self.kind === "class"
      ? classMember(trace, base, name, self, reader)
      : instanceMember(trace, base, name, self, reader, depth);
  if (base.kind === "closure") return ofPrototype(trace, base, name, self, reader);
  if (base.kind !== "external") return NOTHING;
  const instance = trace.values.step(base, { kind: "new", call: null });
  return instance.kind === "external" ? [trace.values.step(instance, { kind: "member", name })] : [instance];
}

function declaredField(trace: Interpreter, owner: ClassValue, name: string, reader: Frame): ValueSet {
  for (let at: ClassValue | undefined = owner, depth = 0; at && depth < 20; depth++) {
    const field = trace.classSummary(at)?.summary.fields.find((f) => f.name === name && !f.static);
    if (field?.decorators) {
      const values = injected(trace, field.decorators, at.file, at.environment, reader);
      if (values.length > 0) return values;
    }
    if (field?.type) return typed(trace, at.file, field.type, at.environment, reader);
    at = trace.basesOf(at, reader).find((b): b is ClassValue => b.kind === "class");
  }
  return NOTHING;
}

function classMember(trace: Interpreter, owner: ClassValue, name: string, self: Value, reader: Frame): ValueSet {
  if (name === "prototype" && reader.language !== "python") return prototypesOf(trace, owner, reader);
  if (reader.language === "python" && isSelfDescription(name)) return describedClass(trace, self, name);
  const own = trace.read(trace.propertiesOf(owner).cell(name), reader);
  for (const member of trace.classSummary(owner)?.summary.members ?? []) {
    if (member.name !== name) continue;
    if (!member.static && reader.language === "python" && member.kind === "method")
      return union(own, [trace.values.closure(owner.file, member.function, owner.environment)], trace.values);
    if (!member.static) continue;
    if (member.kind === "method")
      return union(own, [trace.values.closure(owner.file, member.function, owner.environment, self)], trace.values);
    if (member.kind === "getter")
      return union(
        own,
        trace.callMember(
          owner,
          member.function,
          self,
          NO_ARGUMENTS,
          trace.innerContext(reader, `get:${owner.id}.${name}`),
          reader,
          0,
        ),
        trace.values,
      );
  }
  let values = own;
  for (const base of trace.basesOf(owner, reader))
    values = union(
      values,
      // What it inherits is asked of the class itself, not of its base.
      base.kind === "class" ? classMember(trace, base, name, self, reader) : members(trace, base, name, reader),
      trace.values,
    );
  return orUndefined(trace, values);
}

function moduleMember(trace: Interpreter, file: string, name: string, reader: Frame): ValueSet {
  const frame = trace.moduleFrame(file);
  if (!frame) return [trace.values.unknown(`${file} could not be read`)];
  const native = nativeName(trace.values.module(file), name, reader.language);
  if (native && trace.program.export(file, name).kind === "absent")
    return [trace.values.native(native, trace.values.module(file))];
  return exportedValue(trace, trace.program.export(file, name), file, name, reader);
}

/** The value behind a module's export. */
export function exportedValue(
  trace: Interpreter,
  found: Exported,
  file: string,
  name: string,
  reader: Frame,
): ValueSet {
  switch (found.kind) {
    case "namespace":
      return [trace.values.module(found.file)];
    case "external":
      return externalImport(trace, found.package, found.name, reader);
    case "absent": {
      if (!trace.program.module(file)) return [trace.values.unknown(`${file} could not be read`)];
      return name === "default" ? [trace.values.module(file)] : [trace.values.unknown(`${file} exports no ${name}`)];
    }
    case "node":
    case "memberOfWhole": {
      const stand = found.kind === "node" ? trace.standIns.ofExport(found) : undefined;
      if (stand) return [stand];
      const body = trace.moduleFrame(found.file);
      const within = trace.program.module(found.file)?.functions.get(found.function);
      const frame = found.function === "" ? body : within && trace.framesOf.get(within)?.[0];
      if (!frame) return NOTHING;
      const values = trace.nodeOf(frame, found.node, reader);
      return found.kind === "node" ? values : values.flatMap((v) => members(trace, v, found.name, reader));
    }
  }
}

/** What an import gives: `"*"` is the namespace, or the value that is the whole module. */
export function importedValue(trace: Interpreter, target: Resolution, name: string, reader: Frame): ValueSet {
  switch (target.kind) {
    case "unresolved":
      return [trace.values.unknown(target.reason)];
    case "file":
      trace.moduleFrame(target.file);
      return exportedValue(trace, trace.program.export(target.file, name), target.file, name, reader);
    case "package":
      return externalImport(trace, packagePath(target), name, reader);
    case "builtin":
      return externalImport(trace, `node:${target.name}`, name, reader);
  }
}

export function externalImport(trace: Interpreter, packageName: string, name: string, reader: Frame): ValueSet {
  const root = externalModule(trace, packageName);
  const declared =
    name === "*" || root.kind !== "external" ? undefined : trace.declaredTypes.member(trace, root, name, reader);
  if (declared && declared.length > 0) return declared;
  return [name === "*" || root.kind !== "external" ? root : trace.values.step(root, { kind: "member", name })];
}

/** The known items of a list, in order. */
export function itemsOf(trace: Interpreter, object: HeapObject, reader: Frame): ValueSet[] {
  object.listReaders.add(reader);
  const items: ValueSet[] = [];
  const positions = [...object.fields.keys()]
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
  for (const position of positions) items.push(trace.read(object.cell(String(position)), reader));
  return items;
}
