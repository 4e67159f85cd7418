using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary><c>RandomPet</c>: a name of words, the last of which is an animal. The words are this project's own list.</summary>
internal sealed class RandomPetHandler() : RandomHandler(
    "random:index/randomPet:RandomPet",
    PropertyMap.Of(("length", PropertyValue.Of(2)), ("separator", PropertyValue.Of("-"))),
    new("length", InputKind.Integer, Replaces: true),
    new("prefix", InputKind.Text, Replaces: true),
    new("separator", InputKind.Text, Replaces: true))
{
    private static readonly Lazy<string[][]> Words = new(ReadWords);

    // The name is the id; nothing else is made.
    protected override IReadOnlyList<(string Name, bool IsSecret)> Results => [];

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Numbers.AtLeast(Schema.Check(request.NewInputs), "length", 1));

    protected override (string Id, PropertyMap Outputs) Make(PropertyMap inputs)
    {
        var chance = new Chance(seed: null);
        var length = inputs.Integer("length") ?? 2;
        List<string> words = [];
        if (inputs.Text("prefix") is { Length: > 0 } prefix)
        {
            words.Add(prefix);
        }

        for (var place = length; place > 0; place--)
        {
            // The last word is a name, the one before it an adjective, all others adverbs.
            var list = Words.Value[Math.Min(place, 3) - 1];
            words.Add(list[(int)chance.Below((ulong)list.Length)]);
        }

        return (string.Join(inputs.Text("separator") ?? "-", words), inputs);
    }

    private static string[][] ReadWords()
    {
        // One line each: names, adjectives, adverbs.
        using var reader = new StreamReader(typeof(RandomPetHandler).Assembly.GetManifestResourceStream("PetWords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }
}
