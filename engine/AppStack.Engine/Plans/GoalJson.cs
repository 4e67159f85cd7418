using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>The JSON form of planned goals, in Pulumi's order of members.</summary>
internal sealed class GoalJson(ISecretCodec codec)
{
    private readonly PropertyJson _properties = new(codec);

    public void Write(JsonText json, string urn, GoalPlan goal)
    {
        json.BeginObject();
        json.Member("type", goal.Type);
        json.Member("name", goal.Name);
        json.Member("custom", goal.Custom);
        json.Name("inputDiff");
        Write(json, urn, "inputs", goal.Inputs);
        json.Name("outputDiff");
        Write(json, urn, "outputs", goal.Outputs);
        json.Optional("parent", goal.Parent);
        json.Member("protect", goal.Protect);
        json.Optional("dependencies", goal.Dependencies);
        json.Optional("provider", goal.Provider);
        ResourceJson.PropertyDependencies(json, goal.PropertyDependencies);
        if (goal.DeleteBeforeReplace is { } deleteBeforeReplace)
        {
            json.Member("deleteBeforeReplace", deleteBeforeReplace);
        }

        json.Optional("ignoreChanges", goal.IgnoreChanges);
        json.Optional("additionalSecretOutputs", goal.AdditionalSecretOutputs);
        if (goal.Aliases.Length > 0)
        {
            json.Name("structuredAliases");
            json.BeginArray();
            foreach (var alias in goal.Aliases)
            {
                WriteAlias(json, alias);
            }

            json.EndArray();
        }

        json.Optional("id", goal.ImportId);
        ResourceJson.Timeouts(json, goal.Timeouts);
        json.EndObject();
    }

    public void WriteProperties(JsonText json, string urn, string section, PropertyMap properties)
    {
        _properties.Position.Start($"{urn}\0{section}");
        _properties.Write(json, properties);
    }

    public GoalPlan Read(string urn, JsonElement element)
    {
        var goal = new GoalPlan { Type = "", Name = "", Custom = false };
        foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            var value = member.Value;
            goal = member.Name switch
            {
                "type" => goal with { Type = value.GetString()! },
                "name" => goal with { Name = value.GetString()! },
                "custom" => goal with { Custom = value.GetBoolean() },
                "inputDiff" => goal with { Inputs = ReadDiff(urn, "inputs", value) },
                "outputDiff" => goal with { Outputs = ReadDiff(urn, "outputs", value) },
                "parent" => goal with { Parent = value.GetString() },
                "protect" => goal with { Protect = value.GetBoolean() },
                "dependencies" => goal with { Dependencies = ReadTexts(value) },
                "provider" => goal with { Provider = value.GetString() },
                "propertyDependencies" => goal with
                {
                    PropertyDependencies = ResourceState.NoPropertyDependencies.SetItems(
                        value.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, ReadTexts(property.Value)))),
                },
                "deleteBeforeReplace" => goal with { DeleteBeforeReplace = value.GetBoolean() },
                "ignoreChanges" => goal with { IgnoreChanges = ReadTexts(value) },
                "additionalSecretOutputs" => goal with { AdditionalSecretOutputs = ReadTexts(value) },
                "aliases" => goal with { Aliases = [.. goal.Aliases, .. ReadTexts(value)] },
                "structuredAliases" => goal with { Aliases = [.. goal.Aliases, .. value.EnumerateArray().Select(alias => ReadAlias(urn, alias))] },
                "id" => goal with { ImportId = value.GetString() },
                "customTimeouts" => goal with { Timeouts = ReadTimeouts(value) },
                _ => throw new StateFormatException($"The plan of {urn} uses '{member.Name}', which this engine does not have."),
            };
        }

        return goal;
    }

    public PropertyMap ReadProperties(string urn, string section, JsonElement element)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(element.GetRawText()));
        reader.Read();
        _properties.Position.Start($"{urn}\0{section}");
        return _properties.ReadMap(ref reader);
    }

    // Pulumi gives aliases no names of their own in JSON: these are the members' names in its program.
    private static void WriteAlias(JsonText json, string urn)
    {
        json.BeginObject();
        json.Member("URN", urn);
        foreach (var name in (ReadOnlySpan<string>)["Name", "Type", "Project", "Stack", "Parent"])
        {
            json.Member(name, "");
        }

        json.Member("NoParent", value: false);
        json.EndObject();
    }

    private static string ReadAlias(string urn, JsonElement alias)
    {
        if (Member("URN") is { Length: > 0 } whole)
        {
            return whole;
        }

        var parent = Member("Parent");
        return Urns.Create(
            Or("Stack", Urns.Stack(urn)), Or("Project", Urns.Project(urn)), parent.Length == 0 ? null : parent, Or("Type", Urns.Type(urn)), Or("Name", Urns.Name(urn)));

        string Member(string name) => alias.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

        string Or(string name, string otherwise) => Member(name) is { Length: > 0 } given ? given : otherwise;
    }

    private static ImmutableArray<string> ReadTexts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? [] : [.. element.EnumerateArray().Select(item => item.GetString()!)];

    private static StateTimeouts ReadTimeouts(JsonElement element)
    {
        return new StateTimeouts(Seconds("create"), Seconds("update"), Seconds("delete"), Seconds("read"));

        double Seconds(string name) => element.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
    }

    private void Write(JsonText json, string urn, string section, PlanDiff diff)
    {
        json.BeginObject();
        if (diff.Adds.Count > 0)
        {
            json.Name("adds");
            WriteProperties(json, urn, section, diff.Adds);
        }

        json.Optional("deletes", diff.Deletes);
        if (diff.Updates.Count > 0)
        {
            json.Name("updates");
            WriteProperties(json, urn, section, diff.Updates);
        }

        json.EndObject();
    }

    private PlanDiff ReadDiff(string urn, string section, JsonElement element)
    {
        return new PlanDiff(
            element.TryGetProperty("adds", out var adds) ? ReadProperties(urn, section, adds) : PropertyMap.Empty,
            element.TryGetProperty("deletes", out var deletes) ? ReadTexts(deletes) : [],
            element.TryGetProperty("updates", out var updates) ? ReadProperties(urn, section, updates) : PropertyMap.Empty);
    }
}
