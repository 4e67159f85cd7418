using System.Collections.Immutable;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Plans;
using AppStack.Engine.Projects;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

/// <content>Saved plans.</content>
public sealed partial class StackManager
{
    private UpdatePlan? ReadPlan(string? path, ISecretCodec codec)
    {
        if (path is null)
        {
            return null;
        }

        var bytes = Files.Read(path) ?? throw new InvalidPlanException($"There is no plan {path}. Make one with `appstack preview {Name} --save-plan {path}`.");

        // None of its constraints could be met, what this stack has would all be refused, and its secrets are under another key.
        var foreign = PlanFormat.Read(bytes, path, SealedCodec.Instance).Resources.Keys
            .FirstOrDefault(urn => Urns.Stack(urn) != Name || Urns.Project(urn) != _workspace.Project.Name);
        if (foreign is not null)
        {
            throw new InvalidPlanException($"The plan {path} is one of another stack: it holds {foreign}, which does not belong to '{Name}' of '{_workspace.Project.Name}'.");
        }

        try
        {
            return PlanFormat.Read(bytes, path, codec);
        }
        catch (StackException exception) when (exception is not InvalidPlanException)
        {
            throw new InvalidPlanException($"The secrets in {path} cannot be read: {exception.Message}", exception);
        }
    }

    private void SavePlan(
        string path, ImmutableSortedDictionary<string, ResourcePlan> resources, ImmutableSortedDictionary<string, ConfigNode> config, ISecretCodec codec)
    {
        var plan = new UpdatePlan
        {
            Time = Timestamps.Format(Time.GetUtcNow()),
            Version = EngineVersion,
            Config = ConfigReader.ForHistory(config),
            Resources = resources,
        };
        Files.Replace(path, PlanFormat.Write(plan, codec).Span, durable: true);
    }
}
