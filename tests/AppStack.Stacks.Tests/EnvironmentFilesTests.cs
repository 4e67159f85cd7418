using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Tests;

public sealed class EnvironmentFilesTests
{
    private static readonly string Root = RepositoryFiles.Of();

    [Fact]
    public void List_Repository_HasTheEnvironmentsOnly()
    {
        var names = EnvironmentFiles.List(Root);

        Assert.Contains("local", names);
        Assert.Contains("prod.example", names);
        Assert.DoesNotContain(names, name => name.StartsWith("Pulumi.", StringComparison.Ordinal));
    }

    [Fact]
    public void Find_Path_NamesTheStackAfterTheFile()
    {
        var found = EnvironmentFiles.Find(Root, "/elsewhere/trial.yaml");

        Assert.Equal(("trial", "/elsewhere/trial.yaml", "/elsewhere"), (found.Name, found.ShownAs, found.Folder));
    }

    [Fact]
    public void Read_NoSuchEnvironment_SaysWhatWasMeant()
    {
        var exception = Assert.Throws<DescriptorException>(() => EnvironmentFiles.Find(Root, "lcoal").Read());

        Assert.Contains("did you mean local?", exception.Message, StringComparison.Ordinal);
    }
}
