using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Turning options into what the engine takes.</content>
public sealed partial class Deployment
{
    private static async ValueTask<ResourceGoalOptions> GoalOptionsAsync(ResourceOptions options)
    {
        var custom = options as CustomResourceOptions;
        return new ResourceGoalOptions
        {
            Protect = options.Protect,
            IgnoreChanges = Immutable(options.IgnoreChangesIfAny),
            ReplaceOnChanges = custom is null ? [] : Immutable(options.ReplaceOnChangesIfAny),
            HideDiffs = Immutable(options.HideDiffsIfAny),
            DeleteBeforeReplace = custom?.DeleteBeforeReplace,
            AdditionalSecretOutputs = Immutable(custom?.AdditionalSecretOutputsIfAny),
            Aliases = options.HasAliases ? await AliasSpecsAsync(options.Aliases).ConfigureAwait(false) : [],
            Timeouts = options.CustomTimeouts is { } timeouts
                ? new OperationTimeouts(timeouts.Create, timeouts.Update, timeouts.Delete)
                : OperationTimeouts.None,
            ImportId = custom?.ImportId,
            RetainOnDelete = options.RetainOnDelete,
            DeletedWith = options.DeletedWith is { } owner ? (await owner.Urn.DataTask.ConfigureAwait(false)).Value : null,
            ReplaceWith = options.HasReplaceWith ? await OwnUrnsAsync(options.ReplaceWith).ConfigureAwait(false) : [],
            ReplacementTrigger = options.ReplacementTrigger is { } trigger
                ? await new PropertySerializer("options.", nameof(options.ReplacementTrigger)).SerializePropertyAsync(trigger).ConfigureAwait(false)
                : null,
            Version = options.Version,
            PluginDownloadUrl = options.PluginDownloadURL,
        };
    }

    private static ImmutableArray<string> Immutable(List<string>? list) => list is null ? [] : [.. list];

    private static async ValueTask<ImmutableArray<string>> OwnUrnsAsync(InputList<Resource> list)
    {
        var urns = ImmutableArray.CreateBuilder<string>();
        foreach (var resource in await ResourcesOfAsync(list).ConfigureAwait(false))
        {
            if ((await resource.Urn.DataTask.ConfigureAwait(false)).Value is { Length: > 0 } urn)
            {
                urns.Add(urn);
            }
        }

        return urns.ToImmutable();
    }

    private static async ValueTask<ImmutableArray<AliasSpec>> AliasSpecsAsync(List<Input<Alias>> aliases)
    {
        var specs = ImmutableArray.CreateBuilder<AliasSpec>(aliases.Count);
        foreach (var input in aliases)
        {
            // An alias that is not known in a preview is one that the update will know.
            if (await input.ToOutput().DataTask.ConfigureAwait(false) is { IsKnown: true } alias)
            {
                specs.Add(await AliasSpecAsync(alias.Value).ConfigureAwait(false));
            }
        }

        return specs.ToImmutable();
    }

    private static async ValueTask<AliasSpec> AliasSpecAsync(Alias alias)
    {
        if (alias.Urn is not null)
        {
            var other = new (bool IsSet, string Name)[]
            {
                (alias.Name is not null, nameof(alias.Name)),
                (alias.Type is not null, nameof(alias.Type)),
                (alias.Project is not null, nameof(alias.Project)),
                (alias.Stack is not null, nameof(alias.Stack)),
                (alias.Parent is not null, nameof(alias.Parent)),
                (alias.ParentUrn is not null, nameof(alias.ParentUrn)),
                (alias.NoParent, nameof(alias.NoParent)),
            }.FirstOrDefault(static member => member.IsSet).Name;
            return other is null
                ? new AliasSpec { Urn = alias.Urn }
                : throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(alias.Urn)} and {other}");
        }

        if ((alias.Parent is null ? 0 : 1) + (alias.ParentUrn is null ? 0 : 1) + (alias.NoParent ? 1 : 0) > 1)
        {
            throw new ArgumentException(
                $"Only specify one of '{nameof(Alias.Parent)}', '{nameof(Alias.ParentUrn)}' or '{nameof(Alias.NoParent)}' in an {nameof(Alias)}");
        }

        return new AliasSpec
        {
            Name = await TextAsync(alias.Name).ConfigureAwait(false),
            Type = await TextAsync(alias.Type).ConfigureAwait(false),
            Stack = await TextAsync(alias.Stack).ConfigureAwait(false),
            Project = await TextAsync(alias.Project).ConfigureAwait(false),
            ParentUrn = await TextAsync(alias.Parent is { } parent ? parent.Urn : alias.ParentUrn).ConfigureAwait(false),
            NoParent = alias.NoParent,
        };
    }

    private static async ValueTask<string?> TextAsync(Input<string>? input) =>
        input is not null && await input.AsOutput.DataTask.ConfigureAwait(false) is { IsKnown: true, Value.Length: > 0 } data ? data.Value : null;
}
