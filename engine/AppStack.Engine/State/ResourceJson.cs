using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;

namespace AppStack.Engine.State;

/// <summary>The JSON form of resources in state. Members are written in Pulumi's order and left out when empty, so that files compare equal.</summary>
internal sealed class ResourceJson(ISecretCodec codec)
{
    private readonly PropertyJson _properties = new(codec);

    /// <summary>Tells positions of secrets apart where one URN occurs in two roles: as a resource and in a pending operation on it.</summary>
    public string Role { get; set; } = "";

    public void Write(JsonText json, ResourceState state)
    {
        json.BeginObject();
        json.Member("urn", state.Urn);
        json.Member("custom", state.Custom);
        Flag(json, "delete", state.Delete);
        json.Optional("id", state.Id);
        json.Member("type", state.Type);
        Properties(json, "inputs", state.Urn, state.Inputs);
        Properties(json, "outputs", state.Urn, state.Outputs);
        json.Optional("parent", state.Parent);
        Flag(json, "protect", state.Protect);
        Flag(json, "external", state.External);
        json.Optional("dependencies", state.Dependencies);
        json.Optional("initErrors", state.InitErrors);
        json.Optional("provider", state.Provider);
        PropertyDependencies(json, state.PropertyDependencies);
        Flag(json, "pendingReplacement", state.PendingReplacement);
        json.Optional("additionalSecretOutputs", state.AdditionalSecretOutputs);
        json.Optional("aliases", state.Aliases);
        if (!state.Timeouts.IsEmpty)
        {
            Timeouts(json, state.Timeouts);
        }

        json.Optional("importID", state.ImportId);
        Flag(json, "retainOnDelete", state.RetainOnDelete);
        json.Optional("deletedWith", state.DeletedWith);
        json.Optional("replaceWith", state.ReplaceWith);
        json.Optional("created", state.Created);
        json.Optional("modified", state.Modified);
        json.Optional("sourcePosition", state.SourcePosition);
        if (state.StackTrace is not null)
        {
            json.Name("stackTrace");
            json.Verbatim(state.StackTrace);
        }

        json.Optional("ignoreChanges", state.IgnoreChanges);
        json.Optional("hideDiff", state.HideDiffs);
        json.Optional("replaceOnChanges", state.ReplaceOnChanges);
        if (state.ReplacementTrigger is { } trigger)
        {
            json.Name("replacementTrigger");
            _properties.Position.Start(Place(state.Urn, "replacementTrigger"));
            _properties.Write(json, trigger);
        }

        json.EndObject();
    }

    public ResourceState Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var state = new ResourceState { Urn = "", Type = "", Custom = false };
        string urn = "", type = "", id = "";
        bool custom = false, delete = false, protect = false, external = false, pendingReplacement = false, retainOnDelete = false;
        string? parent = null, provider = null, importId = null, deletedWith = null, created = null, modified = null, sourcePosition = null, stackTrace = null;
        PropertyMap inputs = PropertyMap.Empty, outputs = PropertyMap.Empty;
        ImmutableArray<string> dependencies = [], initErrors = [], secretOutputs = [], aliases = [], replaceWith = [], ignoreChanges = [], hideDiffs = [], replaceOnChanges = [];
        var propertyDependencies = ResourceState.NoPropertyDependencies;
        var timeouts = default(StateTimeouts);
        PropertyValue? trigger = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _properties.Pooled(reader.GetString()!);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            switch (name)
            {
                case "urn": urn = _properties.Pooled(String(ref reader)); break;
                case "custom": custom = reader.GetBoolean(); break;
                case "delete": delete = reader.GetBoolean(); break;
                case "id": id = String(ref reader); break;
                case "type": type = _properties.Pooled(String(ref reader)); break;
                case "inputs": inputs = ReadProperties(ref reader, urn, name); break;
                case "outputs": outputs = ReadProperties(ref reader, urn, name); break;
                case "parent": parent = _properties.Pooled(String(ref reader)); break;
                case "protect": protect = reader.GetBoolean(); break;
                case "external": external = reader.GetBoolean(); break;
                case "dependencies": dependencies = ReadTexts(ref reader); break;
                case "initErrors": initErrors = ReadTexts(ref reader); break;
                case "provider": provider = _properties.Pooled(String(ref reader)); break;
                case "propertyDependencies": propertyDependencies = ReadPropertyDependencies(ref reader); break;
                case "pendingReplacement": pendingReplacement = reader.GetBoolean(); break;
                case "additionalSecretOutputs": secretOutputs = ReadTexts(ref reader); break;
                case "aliases": aliases = ReadTexts(ref reader); break;
                case "customTimeouts": timeouts = ReadTimeouts(ref reader); break;
                case "importID": importId = String(ref reader); break;
                case "retainOnDelete": retainOnDelete = reader.GetBoolean(); break;
                case "deletedWith": deletedWith = _properties.Pooled(String(ref reader)); break;
                case "replaceWith": replaceWith = ReadTexts(ref reader); break;
                case "created": created = String(ref reader); break;
                case "modified": modified = String(ref reader); break;
                case "sourcePosition": sourcePosition = String(ref reader); break;
                case "stackTrace": stackTrace = Verbatim(ref reader); break;
                case "ignoreChanges": ignoreChanges = ReadTexts(ref reader); break;
                case "hideDiff": hideDiffs = ReadTexts(ref reader); break;
                case "replaceOnChanges": replaceOnChanges = ReadTexts(ref reader); break;
                case "replacementTrigger":
                    _properties.Position.Start(Place(urn, "replacementTrigger"));
                    trigger = _properties.Read(ref reader);
                    break;
                case "taint" or "refreshBeforeUpdate" when reader.TokenType == JsonTokenType.False:
                    break;
                default:
                    throw new StateFormatException(
                        $"The resource {urn} uses '{name}', a feature of Pulumi that this engine does not have. Continue this stack with the pulumi CLI.");
            }
        }

        return state with
        {
            Urn = urn,
            Custom = custom,
            Delete = delete,
            Id = id,
            Type = type,
            Inputs = inputs,
            Outputs = outputs,
            Parent = parent,
            Protect = protect,
            External = external,
            Dependencies = dependencies,
            InitErrors = initErrors,
            Provider = provider,
            PropertyDependencies = propertyDependencies,
            PendingReplacement = pendingReplacement,
            AdditionalSecretOutputs = secretOutputs,
            Aliases = aliases,
            Timeouts = timeouts,
            ImportId = importId,
            RetainOnDelete = retainOnDelete,
            DeletedWith = deletedWith,
            ReplaceWith = replaceWith,
            Created = created,
            Modified = modified,
            SourcePosition = sourcePosition,
            StackTrace = stackTrace,
            IgnoreChanges = ignoreChanges,
            HideDiffs = hideDiffs,
            ReplaceOnChanges = replaceOnChanges,
            ReplacementTrigger = trigger,
        };
    }

    /// <summary>The JSON text of the value that the reader stands on, unchanged in meaning and compact.</summary>
    public static string Verbatim(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new StateFormatException($"The state holds a {reader.TokenType} at byte {reader.TokenStartIndex} where a {token} belongs.");
        }
    }

    private static string String(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static void Flag(JsonText json, string name, bool value)
    {
        if (value)
        {
            json.Member(name, value);
        }
    }

    internal static void PropertyDependencies(JsonText json, ImmutableSortedDictionary<string, ImmutableArray<string>> dependencies)
    {
        if (dependencies.Count == 0)
        {
            return;
        }

        json.Name("propertyDependencies");
        json.BeginObject();
        foreach (var (property, urns) in dependencies)
        {
            json.Name(property);
            json.Strings(urns);
        }

        json.EndObject();
    }

    internal static void Timeouts(JsonText json, StateTimeouts timeouts)
    {
        json.Name("customTimeouts");
        json.BeginObject();
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)
            [("create", timeouts.Create), ("update", timeouts.Update), ("delete", timeouts.Delete), ("read", timeouts.Read)])
        {
            if (value != 0)
            {
                json.Name(name);
                json.Number(value);
            }
        }

        json.EndObject();
    }

    private static StateTimeouts ReadTimeouts(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var timeouts = default(StateTimeouts);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            timeouts = name switch
            {
                "create" => timeouts with { Create = reader.GetDouble() },
                "update" => timeouts with { Update = reader.GetDouble() },
                "delete" => timeouts with { Delete = reader.GetDouble() },
                "read" => timeouts with { Read = reader.GetDouble() },
                _ => throw new StateFormatException($"The state holds a time limit for the unknown operation '{name}'."),
            };
        }

        return timeouts;
    }

    private string Place(string urn, string section) => $"{Role}{urn}\0{section}";

    private void Properties(JsonText json, string name, string urn, PropertyMap map)
    {
        if (map.Count > 0)
        {
            json.Name(name);
            _properties.Position.Start(Place(urn, name));
            _properties.Write(json, map);
        }
    }

    private PropertyMap ReadProperties(ref Utf8JsonReader reader, string urn, string section)
    {
        _properties.Position.Start(Place(urn, section));
        return _properties.ReadMap(ref reader);
    }

    private ImmutableArray<string> ReadTexts(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(_properties.Pooled(String(ref reader)));
        }

        return texts.DrainToImmutable();
    }

    private ImmutableSortedDictionary<string, ImmutableArray<string>> ReadPropertyDependencies(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var dependencies = ResourceState.NoPropertyDependencies.ToBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var property = _properties.Pooled(reader.GetString()!);
            reader.Read();
            dependencies[property] = reader.TokenType == JsonTokenType.Null ? [] : ReadTexts(ref reader);
        }

        return dependencies.ToImmutable();
    }
}
