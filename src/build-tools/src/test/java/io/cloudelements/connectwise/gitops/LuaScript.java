package io.cloudelements.connectwise.gitops;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseOsLib;

/**
 * A script of Argo CD, executed as Argo CD does: a global {@code obj}, a table as the result, and
 * of the libraries only the base, tables, and the time of {@code os}: no texts, no mathematics.
 */
record LuaScript(String name, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static LuaScript read(Path file) {
    return new LuaScript(file.toString(), GitOpsGenerator.read(file));
  }

  /** One of the scripts for our kind. */
  static LuaScript of(String script) {
    return read(ArgoCdCustomization.FOLDER.resolve(script));
  }

  /** The script's answer. */
  JsonNode run(JsonNode resource) {
    return run(JSON.convertValue(resource, new TypeReference<Map<String, Object>>() {}));
  }

  /** The script's answer. */
  JsonNode run(Map<String, Object> resource) {
    Globals globals = restricted();
    globals.set("obj", lua(resource));
    return same(java(globals.load(text, name).call().checktable()));
  }

  /** The answer, and everything compared with it, has its numbers of the same type. */
  static JsonNode same(Object value) {
    try {
      return JSON.readTree(JSON.writeValueAsString(value));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Globals restricted() {
    Globals globals = new Globals();
    globals.load(new JseBaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.load(new JseOsLib());
    LuaTable os = globals.get("os").checktable();
    for (LuaValue function : os.keys()) {
      if (!List.of("time", "date").contains(function.tojstring())) {
        os.set(function, LuaValue.NIL);
      }
    }
    LoadState.install(globals);
    LuaC.install(globals);
    return globals;
  }

  private static LuaValue lua(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        LuaTable table = new LuaTable();
        map.forEach((key, member) -> table.set(key.toString(), lua(member)));
        yield table;
      }
      case List<?> list -> {
        LuaTable table = new LuaTable();
        for (int index = 0; index < list.size(); index++) {
          table.set(index + 1, lua(list.get(index)));
        }
        yield table;
      }
      case Boolean flag -> LuaValue.valueOf(flag);
      case Number number -> LuaValue.valueOf(number.doubleValue());
      default -> LuaValue.valueOf(value.toString());
    };
  }

  private static Object java(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TTABLE -> value.length() > 0 ? list(value) : map(value);
      case LuaValue.TBOOLEAN -> value.toboolean();
      case LuaValue.TNUMBER -> value.tolong();
      default -> value.tojstring();
    };
  }

  private static List<Object> list(LuaValue table) {
    List<Object> list = new ArrayList<>();
    for (int index = 1; index <= table.length(); index++) {
      list.add(java(table.get(index)));
    }
    return list;
  }

  private static Map<String, Object> map(LuaValue table) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Varargs entry = table.next(LuaValue.NIL);
        !entry.arg1().isnil();
        entry = table.next(entry.arg1())) {
      map.put(entry.arg1().tojstring(), java(entry.arg(2)));
    }
    return map;
  }

  @Override
  public String toString() {
    return name;
  }
}
