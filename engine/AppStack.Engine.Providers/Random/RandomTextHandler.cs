using System.Text;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary>What RandomString and RandomPassword have in common.</summary>
internal abstract class RandomTextHandler(string type) : RandomHandler(type, CharacterClasses.Defaults, CharacterClasses.Inputs)
{
    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var result = Schema.Check(request.NewInputs);
        return Task.FromResult(
            result.Failures.IsEmpty ? result with { Failures = [.. CharacterClasses.Problems(Effective(result.Inputs))] } : result);
    }

    protected override PropertyMap Effective(PropertyMap inputs) => CharacterClasses.WithNumeric(base.Effective(inputs));

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs) => Complete(inputs, CharacterClasses.Make(inputs));

    protected override (string Id, PropertyMap Inputs, PropertyMap Outputs) Import(string id)
    {
        // Bytes, as Pulumi's own provider counts here; only when it makes a text does it count characters.
        var inputs = PropertyMap.Of(("length", PropertyValue.Of(Encoding.UTF8.GetByteCount(id))));
        var (newId, outputs) = Complete(Effective(inputs), id);
        return (newId, inputs, outputs);
    }

    /// <summary>The id and the outputs for a text.</summary>
    protected abstract (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, string text);
}
