using System.Text;
using System.Text.Json;
using AppStack.Engine.Events;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Plans;

/// <summary>
/// Pulumi's plan file (<c>DeploymentPlanV1</c>): indented JSON, resources in the order of their URNs, secrets encrypted with the stack's
/// passphrase. A secret that state has at the same place keeps its ciphertext.
/// </summary>
internal static class PlanFormat
{
    public static ReadOnlyMemory<byte> Write(UpdatePlan plan, ISecretCodec codec)
    {
        var json = new JsonText(indented: true);
        var goals = new GoalJson(codec);
        json.BeginObject();
        json.Name("manifest");
        json.BeginObject();
        json.Member("time", plan.Time);
        json.Member("magic", CheckpointFormat.Magic(plan.Version));
        json.Member("version", plan.Version);
        json.EndObject();
        if (plan.Config != "{}")
        {
            json.Name("config");
            JsonCopy.Write(json, plan.Config);
        }

        if (plan.Resources.Count > 0)
        {
            json.Name("resourcePlans");
            json.BeginObject();
            foreach (var (urn, resource) in plan.Resources)
            {
                json.Name(urn);
                Write(json, urn, resource, goals);
            }

            json.EndObject();
        }

        json.EndObject();
        json.NewLine();
        return json.Written;
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="codec">Opens the secrets.</param>
    /// <exception cref="InvalidPlanException">It is none.</exception>
    public static UpdatePlan Read(byte[] bytes, string source, ISecretCodec codec)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(document.RootElement, codec);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException or StateFormatException)
        {
            throw new InvalidPlanException($"{source} cannot be read as a plan: {exception.Message} Make it again with `appstack preview --save-plan`.", exception);
        }
    }

    private static void Write(JsonText json, string urn, ResourcePlan resource, GoalJson goals)
    {
        json.BeginObject();
        if (resource.Goal is { } goal)
        {
            json.Name("goal");
            goals.Write(json, urn, goal);
        }

        if (resource.Steps.Length > 0)
        {
            json.Name("steps");
            json.BeginArray();
            foreach (var step in resource.Steps)
            {
                json.String(step.Name());
            }

            json.EndArray();
        }

        json.Name("state");
        if (resource.Outputs is { } outputs)
        {
            goals.WriteProperties(json, urn, "outputs", outputs);
        }
        else
        {
            json.Null();
        }

        if (resource.Seed is { } seed)
        {
            json.Member("seed", seed);
        }

        json.EndObject();
    }

    private static UpdatePlan Read(JsonElement root, ISecretCodec codec)
    {
        var plan = new UpdatePlan();
        var goals = new GoalJson(codec);
        foreach (var member in root.EnumerateObject())
        {
            plan = member.Name switch
            {
                "manifest" => plan with { Time = Text(member.Value, "time"), Version = Text(member.Value, "version") },
                "config" => plan with { Config = member.Value.GetRawText() },
                "resourcePlans" => plan with
                {
                    Resources = plan.Resources.SetItems(member.Value.EnumerateObject().Select(
                        resource => KeyValuePair.Create(resource.Name, ReadResource(resource.Name, resource.Value, goals)))),
                },
                _ => throw new StateFormatException($"The plan holds the unknown member '{member.Name}'."),
            };
        }

        return root.TryGetProperty("manifest", out _) ? plan : throw new StateFormatException("The plan has no manifest.");
    }

    private static ResourcePlan ReadResource(string urn, JsonElement element, GoalJson goals)
    {
        var plan = new ResourcePlan();
        foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            plan = member.Name switch
            {
                "goal" => plan with { Goal = goals.Read(urn, member.Value) },
                "steps" => plan with { Steps = [.. member.Value.EnumerateArray().Select(step => Step(urn, step.GetString()))] },
                "state" => plan with { Outputs = goals.ReadProperties(urn, "outputs", member.Value) },
                "seed" => plan with { Seed = member.Value.GetString() },
                _ => throw new StateFormatException($"The plan of {urn} holds the unknown member '{member.Name}'."),
            };
        }

        return plan;
    }

    private static StepKind Step(string urn, string? name)
    {
        foreach (var kind in Enum.GetValues<StepKind>())
        {
            if (kind.Name() == name)
            {
                return kind;
            }
        }

        throw new StateFormatException($"The plan of {urn} holds the step '{name}', which this engine does not have.");
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
