using System.Globalization;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomInteger</c>: a whole number from a range, both ends included.</summary>
internal sealed class RandomIntegerHandler() : RandomHandler(
    "random:index/randomInteger:RandomInteger",
    PropertyMap.Empty,
    new("max", InputKind.Integer, Required: true, Replaces: true),
    new("min", InputKind.Integer, Required: true, Replaces: true),
    new("seed", InputKind.Text, Replaces: true))
{
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("result", false)];

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var result = Schema.Check(request.NewInputs);
        return Task.FromResult(
            result.Inputs.Number("min") > result.Inputs.Number("max")
                ? result with { Failures = result.Failures.Add(new CheckFailure("min", "must not be greater than max")) }
                : result);
    }

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs)
    {
        var min = (long)(inputs.Number("min") ?? 0);
        var max = (long)(inputs.Number("max") ?? 0);
        return Complete(inputs, min + (long)new Chance(inputs.Text("seed")).Below((ulong)(max - min) + 1));
    }

    protected override (string Id, PropertyMap Inputs, PropertyMap Outputs) Import(string id)
    {
        var parts = id.Split(',', 4);
        if (parts.Length < 3
            || !long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var result)
            || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var min)
            || !long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var max))
        {
            throw new ProviderException($"'{id}' is no id to import a RandomInteger from; give 'result,min,max' or 'result,min,max,seed'.");
        }

        var inputs = PropertyMap.Of(("min", PropertyValue.Of(min)), ("max", PropertyValue.Of(max)));
        inputs = parts.Length == 4 ? inputs.With("seed", PropertyValue.Of(parts[3])) : inputs;
        var (newId, outputs) = Complete(inputs, result);
        return (newId, inputs, outputs);
    }

    private static (string Id, PropertyMap Outputs) Complete(PropertyMap inputs, long result) =>
        (result.ToString(CultureInfo.InvariantCulture), inputs.With("result", PropertyValue.Of(result)));
}
