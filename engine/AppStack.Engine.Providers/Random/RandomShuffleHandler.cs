using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomShuffle</c>: a list in another order, or some of it, or more than once.</summary>
internal sealed class RandomShuffleHandler() : RandomHandler(
    "random:index/randomShuffle:RandomShuffle",
    PropertyMap.Empty,
    new("inputs", InputKind.TextList, Required: true, Replaces: true),
    new("resultCount", InputKind.Integer, Replaces: true),
    new("seed", InputKind.Text, Replaces: true))
{
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [("results", false)];

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Numbers.AtLeast(Schema.Check(request.NewInputs), "resultCount", 0));

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs)
    {
        var items = inputs.TextList("inputs") ?? [];
        var count = inputs.Integer("resultCount") ?? items.Length;
        var chance = new Chance(inputs.Text("seed"));
        List<PropertyValue> results = [];
        while (results.Count < count && items.Length > 0)
        {
            // More results than items: the items come again, each time in a new order.
            results.AddRange(chance.Shuffle(items).Take(count - results.Count).Select(PropertyValue.Of));
        }

        return ("-", inputs.With("results", PropertyValue.Of(results)));
    }
}
