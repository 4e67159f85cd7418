using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Engine.Lifecycle.Tests.Scenarios;

/// <summary>What a run of a scenario does.</summary>
internal enum Verb
{
    Up,
    UpTarget,
    UpRefresh,
    Preview,
    Refresh,
    Destroy,
    DestroyTarget,
}

/// <summary>How the provider answers what would change a resource.</summary>
internal enum Fault
{
    None,
    Fails,
    LeavesHalf,
    DoneButUnknown,
    NotDoneAndUnknown,
    Throws,
}

/// <summary>How a program declares the resource of one name.</summary>
/// <param name="Declared">Whether it does at all.</param>
/// <param name="Size">A property that can be changed.</param>
/// <param name="Immutable">A property that replaces the resource.</param>
/// <param name="DeleteFirst">Whether a replacement deletes first.</param>
/// <param name="Needs">The resource before it that it depends on: 0 none, 1 the one before, 2 the one before that.</param>
/// <param name="Flows">Whether that one's id is an input that replaces, not only an order.</param>
internal sealed record Declaration(bool Declared, int Size, int Immutable, bool DeleteFirst, int Needs, bool Flows);

/// <summary>One operation.</summary>
/// <param name="Verb">What is done.</param>
/// <param name="Program">The program, a declaration for each name.</param>
/// <param name="Faults">How the provider behaves, for each name.</param>
/// <param name="Target">The name that targeted operations are about.</param>
/// <param name="WithDependents">Whether targets include what depends on them.</param>
/// <param name="DiesAt">The change of the disk at which the machine dies; 0 for never.</param>
internal sealed record Run(Verb Verb, Declaration[] Program, Fault[] Faults, int Target, bool WithDependents, int DiesAt)
{
    public override string ToString() =>
        $"{Verb}{(Verb is Verb.UpTarget or Verb.DestroyTarget ? $" r{Target}{(WithDependents ? "+dependents" : "")}" : "")}{(DiesAt > 0 ? $", dies at {DiesAt}" : "")}: "
        + string.Join("; ", Program.Select(Describe));

    private string Describe(Declaration declaration, int index)
    {
        var fault = Faults[index] == Fault.None ? "" : $" !{Faults[index]}";
        return declaration.Declared
            ? $"r{index}(size {declaration.Size}, immutable {declaration.Immutable}{(declaration.DeleteFirst ? ", delete first" : "")}"
                + $"{(declaration.Needs > 0 && index >= declaration.Needs ? $", {(declaration.Flows ? "id of" : "after")} r{index - declaration.Needs}" : "")}){fault}"
            : $"no r{index}{fault}";
    }
}

/// <summary>Operations on one stack, one after the other.</summary>
internal sealed record Scenario(Run[] Runs)
{
    public const int Names = 5;

    public override string ToString() => "\n  " + string.Join("\n  ", Runs.AsEnumerable());

    /// <summary>Scenarios of one to four runs; in some the machine dies.</summary>
    public static Arbitrary<Scenario> Arbitrary(bool dying) =>
        Arb.From(Gen.Choose(1, 4).SelectMany(count => RunOf(dying).ArrayOf(count)).Select(runs => new Scenario(runs)), scenario => Shrink(scenario));

    private static Gen<Run> RunOf(bool dying) =>
        from verb in Gen.Frequency((6, Gen.Constant(Verb.Up)), (5, Gen.Elements(Enum.GetValues<Verb>())))
        from program in DeclarationGen.ArrayOf(Names)
        from faults in Gen.Frequency((4, Gen.Constant(Fault.None)), (1, Gen.Elements(Enum.GetValues<Fault>()))).ArrayOf(Names)
        from target in Gen.Choose(0, Names - 1)
        from dependents in Gen.Elements(true, false)
        from diesAt in dying ? Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(1, 22))) : Gen.Constant(0)
        select new Run(verb, program, faults, target, dependents, diesAt);

    private static Gen<Declaration> DeclarationGen =>
        from declared in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from size in Gen.Choose(0, 1)
        from immutable in Gen.Choose(0, 1)
        from deleteFirst in Gen.Elements(true, false)
        from needs in Gen.Choose(0, 2)
        from flows in Gen.Elements(true, false)
        select new Declaration(declared, size, immutable, deleteFirst, needs, flows);

    // Fewer runs first, then simpler ones.
    private static IEnumerable<Scenario> Shrink(Scenario scenario)
    {
        var runs = scenario.Runs;
        if (runs.Length > 1)
        {
            for (var i = 0; i < runs.Length; i++)
            {
                yield return new Scenario([.. runs[..i], .. runs[(i + 1)..]]);
            }
        }

        for (var i = 0; i < runs.Length; i++)
        {
            foreach (var simpler in Shrink(runs[i]))
            {
                yield return new Scenario([.. runs[..i], simpler, .. runs[(i + 1)..]]);
            }
        }
    }

    private static IEnumerable<Run> Shrink(Run run)
    {
        if (run.DiesAt > 0)
        {
            yield return run with { DiesAt = 0 };
            yield return run with { DiesAt = run.DiesAt - 1 };
        }

        if (run.Verb != Verb.Up)
        {
            yield return run with { Verb = Verb.Up };
        }

        for (var i = 0; i < Names; i++)
        {
            if (run.Faults[i] != Fault.None)
            {
                yield return run with { Faults = Changed(run.Faults, i, Fault.None) };
            }

            var declaration = run.Program[i];
            if (declaration.Declared)
            {
                yield return run with { Program = Changed(run.Program, i, new Declaration(Declared: false, 0, 0, DeleteFirst: false, 0, Flows: false)) };
            }

            foreach (var simpler in new[]
            {
                declaration with { Size = 0 }, declaration with { Immutable = 0 }, declaration with { DeleteFirst = false },
                declaration with { Flows = false }, declaration with { Needs = 0 },
            }.Where(simpler => simpler != declaration))
            {
                yield return run with { Program = Changed(run.Program, i, simpler) };
            }
        }
    }

    private static T[] Changed<T>(T[] values, int index, T value)
    {
        var changed = (T[])values.Clone();
        changed[index] = value;
        return changed;
    }
}
