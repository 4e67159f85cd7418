namespace Pulumi.Testing;

/// <summary>What a test run looks like to the program.</summary>
public class TestOptions
{
    /// <summary>The project's name; <c>project</c> by default.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The stack's name; <c>stack</c> by default.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether the run is a preview, in which outputs that the mocks do not give are unknown; true by default.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The organisation's name; <c>organization</c> by default.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>The directory that holds Pulumi.yaml; none by default.</summary>
    public string? RootDirectory { get; set; }
}
